// Statements in as few policy documents as IAM's size limit allows.
import type { IamPolicyDocument, IamStatement } from '../generated/types.ts';
import { inlinePolicySize } from './policy-size.ts';

/** Characters of one managed policy (IAM quota, white space not counted). */
export const MANAGED_POLICY_LIMIT = 6144;

export function policySize(document: IamPolicyDocument): number {
  return inlinePolicySize([document]);
}

/** Fills documents in order; a statement that alone is too long goes over its resources, then its actions, in halves. */
export function splitPolicies(statements: readonly IamStatement[], limit = MANAGED_POLICY_LIMIT): IamPolicyDocument[] {
  const documents: IamPolicyDocument[] = [];
  const room: number[] = [];
  for (const statement of statements.flatMap((each) => halve(each, limit))) {
    const size = policySize(documentOf([statement])) - EMPTY + 1;
    const at = room.findIndex((left) => left >= size);
    const document = documents[at];
    if (document) {
      document.Statement.push(statement);
      room[at] = (room[at] ?? 0) - size;
    } else {
      documents.push(documentOf([statement]));
      // The first statement has no comma before it.
      room.push(limit - EMPTY - size + 1);
    }
  }
  return documents;
}

function halve(statement: IamStatement, limit: number): IamStatement[] {
  if (policySize(documentOf([statement])) <= limit) return [statement];
  const field = statement.Resource.length > 1 ? 'Resource' : 'Action';
  const middle = Math.ceil(statement[field].length / 2);
  if (statement[field].length < 2) return [statement];
  return [statement[field].slice(0, middle), statement[field].slice(middle)].flatMap((part) =>
    halve({ ...statement, [field]: part }, limit),
  );
}

function documentOf(statements: IamStatement[]): IamPolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

const EMPTY = policySize(documentOf([]));
