// The emulator as its owner sees it, and as somebody who holds one role.
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { GetRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ROOT_KEYS } from './emulator.mjs';

export const REGION = 'eu-central-1';

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

interface CloudOptions {
  region?: string;
  credentials?: Keys;
}

export type Cloud = ReturnType<typeof openCloud>;

/** Clients of the services that the proofs ask; `credentials` are the root key's unless a role's are given. */
export function openCloud(endpoint: string, { region = REGION, credentials = ROOT_KEYS }: CloudOptions = {}) {
  const options = { endpoint, region, credentials };
  return {
    endpoint,
    region,
    ec2: new EC2Client(options),
    ecs: new ECSClient(options),
    iam: new IAMClient(options),
    lambda: new LambdaClient(options),
    secrets: new SecretsManagerClient(options),
    sts: new STSClient(options),
  };
}

/**
 * The cloud as the role may use it. A role of ours trusts a service and nobody else, so the root key lets itself in and takes that
 * back at once: the session lives on, the role is again as it was applied.
 */
export async function assume({ endpoint, region, iam, sts }: Cloud, roleArn: string): Promise<Cloud> {
  const name = nameOf(roleArn);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
  const applied = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  const trust = JSON.parse(applied) as { Statement: unknown[] };
  const owner = {
    Effect: 'Allow',
    Principal: { AWS: roleArn.replace(/:role\/.*/, ':root') },
    Action: 'sts:AssumeRole',
  };
  const write = (PolicyDocument: string) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument }));
  await write(JSON.stringify({ ...trust, Statement: [...trust.Statement, owner] }));
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'proof' }));
    if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey) throw new Error(`no keys for ${roleArn}`);
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials;
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
    return openCloud(endpoint, { region, credentials });
  } finally {
    await write(applied);
  }
}

/** `shop-dev-worker` of `arn:aws:iam::123456789012:role/shop-dev-worker`. */
const nameOf = (arn: string): string => arn.split('/').at(-1) ?? '';
