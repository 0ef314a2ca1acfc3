// How the policies of the deploying role are handed over: named documents, and reasons with their actions.
import type { DeployPermissions, IamPolicyDocument } from '../generated/types.ts';
import { policySize } from './split-policies.ts';

export interface PermissionFile {
  /** Such as `write-2.json`. */
  name: string;
  access: 'read' | 'write';
  document: IamPolicyDocument;
  /** Characters as AWS counts them. */
  size: number;
}

export function permissionFiles(permissions: DeployPermissions): PermissionFile[] {
  return (['read', 'write'] as const).flatMap((access) =>
    permissions[access].map((document, index) => ({
      ...{ name: `${access}-${index + 1}.json`, access, document, size: policySize(document) },
    })),
  );
}

/** Actions that stay unbounded, by their reason. */
export function unboundedReasons({ unbounded }: DeployPermissions): { why: string; actions: string[] }[] {
  const byReason = new Map<string, string[]>();
  for (const { action, why } of unbounded) byReason.set(why, [...(byReason.get(why) ?? []), action]);
  return [...byReason].map(([why, actions]) => ({ why, actions }));
}

/** What the documents mean for this environment's target. */
export function permissionWords({ target }: DeployPermissions): string {
  const use =
    target === 'sandbox'
      ? 'The sandbox needs none of it: this is what AWS would need.'
      : 'Attach the read documents to plan, and the write documents as well to apply and destroy.';
  return `${use} It is worked out of the graph as it is drawn; a box that is deployed and no longer drawn does not count.`;
}
