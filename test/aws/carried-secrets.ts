// Who can read which secret, and log in to which database: tried with the roles as they were applied.
import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Artifact } from '../../schemas/generated/types.ts';
import { assume, type Cloud } from './carried-cloud.ts';
import { type Consumer, consumers, type Database, databases } from './carried-graph.ts';
import type { AppliedWorkload } from './carried-workloads.ts';

/** One row of the proof: `own` is the joined database, `other` its neighbour. */
export interface Attempt {
  consumer: Consumer;
  identity: string;
  what: string;
  own: string;
  other: string;
  /** What `own` and `other` must be by the grants of the line. */
  expected: { own: boolean; other: false };
  judge: string;
}

const JUDGES = { iam: 'IAM of the emulator', simulator: "the emulator's policy simulator" };
export const READ = 'read';
export const ALLOWED = 'allowed';

/** Gives each database's secret a value of its own, which the emulator does not do. */
export async function plantPasswords(
  cloud: Cloud,
  artifacts: readonly Artifact[],
  passwords: Record<Database, string>,
) {
  for (const database of databases) {
    const value = { username: 'dbadmin', password: passwords[database] };
    const SecretId = secretOf(artifacts, database);
    await cloud.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }));
  }
}

/** Follows every reference of the workload as its runtime does; values by variable. @throws where one cannot be read. */
export async function followReferences(cloud: Cloud, { injector, references }: AppliedWorkload) {
  const held = await assume(cloud, injector);
  const values: Record<string, string> = {};
  for (const { variable, arn, key } of references) {
    const text = await readSecret(held, arn);
    const value = JSON.parse(text) as Record<string, string>;
    values[variable] = key === undefined ? text : (value[key] ?? '');
  }
  return values;
}

/** Every way of one consumer to both databases. */
export async function attempts(
  cloud: Cloud,
  consumer: Consumer,
  { injector, role, references }: AppliedWorkload,
  artifacts: readonly Artifact[],
): Promise<Attempt[]> {
  const { database: own, grants } = consumers[consumer];
  const other = databases.find((each) => each !== own) ?? own;
  const has = (grant: string) => grants.some((each) => each === grant);
  const secret = async (roleArn: string) => {
    const held = await assume(cloud, roleArn);
    const answer = (database: Database) => answerOf(() => readSecret(held, secretOf(artifacts, database)));
    return { own: await answer(own), other: await answer(other), judge: JUDGES.iam };
  };
  const what = references.map(({ variable }) => variable).join(', ') || 'the secret, to which nothing refers';
  const isApart = injector !== role;
  const injected = { consumer, identity: isApart ? 'execution role' : 'own role', what, ...(await secret(injector)) };
  const logIn = async (database: Database) => simulate(cloud, role, databaseUser(artifacts, database));
  return [
    { ...injected, expected: { own: has('admin'), other: false } },
    ...(isApart
      ? [
          {
            ...injected,
            ...(await secret(role)),
            identity: 'task role',
            expected: { own: false, other: false as const },
          },
        ]
      : []),
    {
      consumer,
      identity: isApart ? 'task role' : 'own role',
      what: 'rds-db:connect',
      own: await logIn(own),
      other: await logIn(other),
      expected: { own: has('connect'), other: false },
      judge: JUDGES.simulator,
    },
  ];
}

async function readSecret({ secrets }: Cloud, SecretId: string): Promise<string> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
}

async function answerOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return READ;
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

async function simulate({ iam }: Cloud, role: string, resource: string): Promise<string> {
  const asked = { PolicySourceArn: role, ActionNames: ['rds-db:connect'], ResourceArns: [resource] };
  const { EvaluationResults = [] } = await iam.send(new SimulatePrincipalPolicyCommand(asked));
  return EvaluationResults[0]?.EvalDecision ?? 'no answer';
}

function valueOf(artifacts: readonly Artifact[], database: Database): Record<string, unknown> {
  const artifact = artifacts.find(({ node, port }) => node === database && port === 'postgres');
  if (!artifact) throw new Error(`${database} has published nothing`);
  return artifact.value;
}

const secretOf = (artifacts: readonly Artifact[], database: Database): string =>
  (valueOf(artifacts, database).adminSecret as { arn: string }).arn;

function databaseUser(artifacts: readonly Artifact[], database: Database): string {
  const { partition, region, account, resourceId, username } = valueOf(artifacts, database) as Record<string, string>;
  return `arn:${partition}:rds-db:${region}:${account}:dbuser:${resourceId}/${username}`;
}
