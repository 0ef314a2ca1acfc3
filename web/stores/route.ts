import type { Scope } from '../api/client.ts';

/** `#/orders/development` names the open environment, so that a reload and a link come back to it. */
export function parseRoute(hash: string): Scope | undefined {
  const [, project, environment] = hash.replace(/^#/, '').split('/').map(decodeURIComponent);
  return project && environment ? { project, environment } : undefined;
}

export function routeTo({ project, environment }: Scope): string {
  return `#/${encodeURIComponent(project)}/${encodeURIComponent(environment)}`;
}
