// The role that deploys an environment: made in the emulator with root keys, given policies and stripped of them.
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { IamPolicyDocument } from '../../schemas/generated/types.ts';
import { ROOT_KEYS } from './emulator.mjs';

export type DeployerRole = Awaited<ReturnType<typeof createRole>>;

const ACCOUNT = '000000000000';

/** Makes a role that the account itself may assume, with no policy yet. */
export async function createRole(endpoint: string, name: string) {
  const iam = new IAMClient({ endpoint, region: 'eu-central-1', credentials: ROOT_KEYS });
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }],
  };
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  let attached: string[] = [];
  const take = async (): Promise<void> => {
    for (const PolicyArn of attached) {
      await iam.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn }));
      await iam.send(new DeletePolicyCommand({ PolicyArn }));
    }
    attached = [];
  };
  return {
    arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    /** Attaches these as managed policies, as a user does with the files; nothing else stays attached. */
    async give(documents: readonly IamPolicyDocument[]): Promise<void> {
      await take();
      for (const [index, document] of documents.entries()) {
        const PolicyName = `${name}-${index + 1}`;
        const made = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: JSON.stringify(document) }));
        const PolicyArn = made.Policy?.Arn ?? '';
        await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
        attached.push(PolicyArn);
      }
    },
    async remove(): Promise<void> {
      await take();
      await iam.send(new DeleteRoleCommand({ RoleName: name }));
      iam.destroy();
    },
  };
}
