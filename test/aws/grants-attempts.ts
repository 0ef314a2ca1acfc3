// What is tried for a grant: all that it promises, the same on the neighbour, all that other grants promise, and what nobody may.
import type { Artifact, PolicyStatement } from '../../schemas/generated/types.ts';
import { contractName, splitContractRef } from '../../schemas/rules/catalog.ts';
import { renderGrants } from '../../schemas/rules/render-grant.ts';
import { fillTemplate } from '../../schemas/rules/template.ts';
import type { Answer, Ask } from './grants-evaluator.ts';
import type { GrantCase } from './grants-graph.ts';

/** Something that a box published. */
export interface Place {
  node: string;
  port: string;
}

export interface Attempt extends Ask {
  /** What the call is about. */
  at: Place;
  expected: Answer;
}

export interface Facts {
  /** What the boxes published. */
  artifacts: readonly Artifact[];
  /** The role that the consumer runs as; absent where a service of the cloud acts for the producer. */
  roleArn?: string;
}

interface Neighbour {
  action: string;
  resource: string;
}

/** Per contract: delete the resource, change who may use it, list everything of its kind. */
const DANGEROUS: Readonly<Record<string, readonly Neighbour[]>> = {
  'aws-bucket': [
    { action: 's3:DeleteBucket', resource: '{arn}' },
    { action: 's3:PutBucketPolicy', resource: '{arn}' },
    { action: 's3:ListAllMyBuckets', resource: '*' },
  ],
  'aws-function': [
    { action: 'lambda:DeleteFunction', resource: '{arn}' },
    { action: 'lambda:AddPermission', resource: '{arn}' },
    { action: 'lambda:ListFunctions', resource: '*' },
  ],
  'aws-postgres': [
    { action: 'rds:DeleteDBInstance', resource: '{arn}' },
    { action: 'rds:ModifyDBInstance', resource: '{arn}' },
    { action: 'rds:DescribeDBInstances', resource: '*' },
    { action: 'secretsmanager:DeleteSecret', resource: '{adminSecret.arn}' },
    { action: 'secretsmanager:PutResourcePolicy', resource: '{adminSecret.arn}' },
    { action: 'secretsmanager:ListSecrets', resource: '*' },
  ],
  'aws-queue': [
    { action: 'sqs:DeleteQueue', resource: '{arn}' },
    { action: 'sqs:SetQueueAttributes', resource: '{arn}' },
    { action: 'sqs:ListQueues', resource: '*' },
  ],
  'aws-table': [
    { action: 'dynamodb:DeleteTable', resource: '{arn}' },
    { action: 'dynamodb:PutResourcePolicy', resource: '{arn}' },
    { action: 'dynamodb:ListTables', resource: '*' },
  ],
  'aws-topic': [
    { action: 'sns:DeleteTopic', resource: '{arn}' },
    { action: 'sns:SetTopicAttributes', resource: '{arn}' },
    { action: 'sns:ListTopics', resource: '*' },
  ],
};

/** @throws Error for a contract of which nobody has said what is dangerous beside it */
export function attemptsOf(grantCase: GrantCase, facts: Facts): Attempt[] {
  const { contract, grant, connection } = grantCase;
  const promises = (name: string, at: Place, expected: Answer) =>
    statements(grantCase, name, at, facts).flatMap((each) => attempts(each, at, expected, facts));
  const further = Object.keys(contract.grants).filter((name) => name !== grant);
  const tries = [
    ...promises(grant, connection.from, 'allowed'),
    ...elsewhere(grantCase, facts).flatMap((at) => promises(grant, at, 'denied')),
    ...further.flatMap((name) => promises(name, connection.from, 'denied')),
    ...dangerous(contractName(contract), connection.from, facts),
    ...(facts.roleArn ? ownRole(facts.roleArn, connection.from) : ownResource(grantCase, facts)),
  ];
  // What two grants promise alike is this one's too: the first of two same attempts stays.
  return [...new Map(tries.toReversed().map((each) => [keyOf(each), each])).values()].toReversed();
}

const keyOf = ({ action, resource, at, context }: Attempt) => JSON.stringify([action, resource, at, context]);

/** The like of what the line leads from: on the other producer, and on further ports of both. */
function elsewhere({ joined, other, connection: { from } }: GrantCase, { artifacts }: Facts): Place[] {
  const contract = artifacts.find(({ node, port }) => node === from.node && port === from.port)?.contract;
  return artifacts
    .filter((each) => each.contract === contract && [joined, other].includes(each.node))
    .map(({ node, port }) => ({ node, port }))
    .filter(({ node, port }) => node !== from.node || port !== from.port);
}

/** The statements that a line with this grant from this place comes to. */
function statements(grantCase: GrantCase, grant: string, from: Place, facts: Facts): PolicyStatement[] {
  const { consumer, contract, connection, port } = grantCase;
  return renderGrants({
    contract,
    connection: { ...connection, grants: [grant] },
    port,
    workload: consumer.manifest.workload === true || !contract.grants[grant]?.service,
    resolve: fieldsOf(facts, from),
    own: (output) => fieldsOf(facts, { node: consumer.node, port: output })('arn'),
  });
}

/** Reads fields of what a box published. @throws Error at a field that is no text or number */
export function fieldsOf({ artifacts }: Facts, at: Place): (path: string) => string {
  const artifact = artifacts.find(({ node, port }) => node === at.node && port === at.port);
  return (path) => {
    const keys = path.split('.');
    const value = keys.reduce<unknown>((from, key) => (from as Record<string, unknown>)?.[key], artifact?.value);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw new Error(`${at.node} published no ${path} on ${at.port}: got ${JSON.stringify(artifact?.value)}.`);
  };
}

function attempts(statement: PolicyStatement, at: Place, expected: Answer, facts: Facts): Attempt[] {
  const by = statement.principal ? { service: statement.principal } : {};
  const context = statement.principal ? { ...TLS, 'aws:SourceArn': fieldsOf(facts, at)('arn') } : TLS;
  return statement.actions.flatMap((action) =>
    statement.resources.map((resource) => ({
      ...{ action, at, expected, context, ...by },
      // A wildcard stands for what lies in the resource: one such thing is tried.
      resource: resource.replace(/\*$/, 'sample'),
    })),
  );
}

const TLS = { 'aws:SecureTransport': 'true' };

function dangerous(contract: string, at: Place, facts: Facts): Attempt[] {
  const neighbours = DANGEROUS[contract];
  if (!neighbours) throw new Error(`Say in grants-attempts.ts what is dangerous beside the grants of ${contract}.`);
  return neighbours.map(({ action, resource }) => ({
    ...{ action, at, context: TLS, expected: 'denied' as const },
    resource: fillTemplate(resource, fieldsOf(facts, at)),
  }));
}

function ownRole(roleArn: string, at: Place): Attempt[] {
  const tries = [
    { action: 'iam:PassRole', resource: roleArn },
    { action: 'iam:PutRolePolicy', resource: roleArn },
    { action: 'iam:ListRoles', resource: '*' },
  ];
  return tries.map((each) => ({ ...each, at, context: TLS, expected: 'denied' as const }));
}

/** Where the consumer's own resource lets a service in: what else that resource could be asked. */
function ownResource({ consumer, port, contract, grant, connection }: GrantCase, facts: Facts): Attempt[] {
  const own = { node: consumer.node, port: port.resourcePolicy?.output ?? '' };
  const kind = splitContractRef(consumer.manifest.outputs[own.port]?.contract ?? '').name;
  const by = { service: contract.grants[grant]?.service ?? '' };
  const context = { ...TLS, 'aws:SourceArn': fieldsOf(facts, connection.from)('arn') };
  return dangerous(kind, own, facts).map((each) => ({ ...each, ...by, context }));
}
