import type { Connection, PortRef } from '../../schemas/generated/types.ts';
import type { ConnectVerdict } from '../../schemas/rules/can-connect.ts';
import { freeId } from '../stores/edits.ts';

/** A line as drawing it would make it, its members in the order of the canonical text. */
export function newLine(
  others: readonly Connection[],
  from: PortRef,
  to: PortRef,
  { grants, envPrefix }: Extract<ConnectVerdict, { ok: true }>,
): Connection {
  const taken = Object.fromEntries(others.map(({ id }) => [id, true]));
  const id = freeId(taken, `${from.node.slice(0, 16)}-to-${to.node.slice(0, 16)}`);
  return { ...(envPrefix ? { envPrefix } : {}), from, grants: [...grants].sort(), id, to };
}
