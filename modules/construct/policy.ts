// AWS policy documents, as Terraform expressions.
import { Fn } from 'cdktf';
import type { PolicyStatement } from '../../schemas/generated/types.ts';

/** A statement of an AWS policy document, in AWS's own words. */
export interface AwsStatement {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Principal?: '*' | Record<string, string | string[]>;
  Action: string[];
  Resource?: string[];
  Condition?: Record<string, Record<string, string[]>>;
}

export function policyDocument(statements: readonly AwsStatement[]): string {
  return Fn.jsonencode({ Version: '2012-10-17', Statement: statements });
}

/**
 * Granted statements in AWS's words. A Sid is the grant's name, with the connection's id before it where a document
 * holds several connections, and counted where a grant has several statements: Sids are unique in a document.
 */
export function awsStatements(
  statements: readonly PolicyStatement[],
  options: { byConnection?: boolean } = {},
): AwsStatement[] {
  const taken = new Map<string, number>();
  return statements.map((statement) => {
    const name = sid(options.byConnection ? `${statement.connection}-${statement.grant}` : statement.grant);
    const nth = (taken.get(name) ?? 0) + 1;
    taken.set(name, nth);
    return awsStatement(statement, nth === 1 ? name : `${name}${nth}`);
  });
}

function awsStatement(statement: PolicyStatement, name: string): AwsStatement {
  return {
    Sid: name,
    Effect: statement.effect,
    ...(statement.principal ? { Principal: { Service: statement.principal } } : {}),
    Action: statement.actions,
    Resource: statement.resources,
    ...(statement.conditions ? { Condition: statement.conditions as AwsStatement['Condition'] } : {}),
  };
}

/** Refuses every call that does not come over TLS. */
export function denyInsecureTransport(actions: string[], resources: string[]): AwsStatement {
  return {
    Sid: 'DenyInsecureTransport',
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': ['false'] } },
  };
}

/** Sids take letters and digits only. */
function sid(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '');
}
