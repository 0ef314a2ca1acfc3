/** An identity of AWS as people call it: `role deploy (session plumbline-shop-live)`, `user ana`, `the root user`; else its ARN. */
export function callerWords(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  const [kind, ...path] = resource.split('/');
  if (resource === 'root') return 'the root user';
  if (kind === 'user' && path.length > 0) return `user ${path.at(-1)}`;
  if (kind === 'assumed-role' && path.length === 2) return `role ${path[0]} (session ${path[1]})`;
  return arn;
}
