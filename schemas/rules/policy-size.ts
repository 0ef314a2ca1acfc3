// The size of inline policies as AWS counts it.

/** Characters that the inline policies of one role may have together (IAM quota, white space not counted). */
export const INLINE_POLICY_LIMIT = 10_240;

/** Characters of the policy documents together, white space not counted. */
export function inlinePolicySize(documents: readonly unknown[]): number {
  let size = 0;
  for (const document of documents) size += JSON.stringify(document).replace(/\s/g, '').length;
  return size;
}
