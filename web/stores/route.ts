import type { Scope } from '../api/client.ts';

/** The open environment, and the box that a link goes to. */
export interface Route extends Scope {
  box?: string;
}

/** `#/orders/development?box=worker` names the open environment, so that a reload and a link come back to it. */
export function parseRoute(hash: string): Route | undefined {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [, project, environment] = path.split('/').map(decodeURIComponent);
  const box = new URLSearchParams(query).get('box');
  return project && environment ? { project, environment, ...(box ? { box } : {}) } : undefined;
}

export function routeTo({ project, environment, box }: Route): string {
  const query = box ? `?box=${encodeURIComponent(box)}` : '';
  return `#/${encodeURIComponent(project)}/${encodeURIComponent(environment)}${query}`;
}
