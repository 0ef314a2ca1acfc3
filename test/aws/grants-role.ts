// The policies of a consumer as they stand in the emulator, and its role, taken.
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
  type Role,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { physicalName } from '../../schemas/rules/physical-name.ts';
import { type Clients, openClients } from './grants-clients.ts';
import type { PolicyDocument } from './grants-evaluator.ts';

const ROLE_NAME_LIMIT = 64;

/** The role that a workload runs as: in ECS the one of its tasks. @throws Error where neither is there */
export async function findRole(
  { iam }: Clients,
  parts: Parameters<typeof physicalName>[0],
): Promise<{ name: string; arn: string }> {
  const names = [undefined, 'task'].map((suffix) => physicalName(parts, { limit: ROLE_NAME_LIMIT, suffix }));
  const found = await Promise.all(names.map((name) => readRole(iam, name)));
  const role = found.find((each) => each !== undefined);
  if (!role?.RoleName || !role.Arn) throw new Error(`There is no role ${names.join(' or ')}.`);
  return { name: role.RoleName, arn: role.Arn };
}

async function readRole(iam: IAMClient, name: string): Promise<Role | undefined> {
  try {
    return (await iam.send(new GetRoleCommand({ RoleName: name }))).Role;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

/** Every policy of a role, inline and attached. */
export async function readPolicies({ iam }: Clients, name: string): Promise<PolicyDocument[]> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: name }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }));
  const inline = PolicyNames.map(async (policy) => {
    const { PolicyDocument: text } = await iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }));
    return parse(text);
  });
  const attached = AttachedPolicies.map(async ({ PolicyArn }) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const version = new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId });
    return parse((await iam.send(version)).PolicyVersion?.Document);
  });
  return Promise.all([...inline, ...attached]);
}

/** The policy of a queue, which lets a service in. */
export async function readQueuePolicy({ sqs }: Clients, url: string): Promise<PolicyDocument> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Policy'] }));
  return parse(Attributes?.Policy);
}

function parse(text: string | undefined): PolicyDocument {
  if (!text) throw new Error('A policy without a document was read.');
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text) as PolicyDocument;
}

/**
 * Clients that act as the role. It trusts Lambda or ECS, and no test can be those: its trust, and nothing else of it, is changed in
 * the emulator first.
 */
export async function takeRole(root: Clients, endpoint: string, role: { name: string; arn: string }): Promise<Clients> {
  const account = role.arn.split(':')[4];
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }],
  };
  const document = JSON.stringify(trust);
  await root.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: role.name, PolicyDocument: document }));
  const { Credentials } = await root.sts.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'tried' }));
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey) throw new Error(`${role.name} gave no keys.`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials;
  return openClients(endpoint, { accessKeyId, secretAccessKey, sessionToken });
}
