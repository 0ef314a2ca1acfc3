import type { LineEnd } from '../../stores/session.ts';
import type { Workspace } from '../../stores/workspace.ts';

/** The family of what a port carries: the hue of its lines. */
export function familyOf({ library, document }: Workspace, { port, side }: LineEnd): string {
  const node = document.content().nodes[port.node];
  const manifest = node && library.catalog.findModule(node.module, node.version);
  const ref = (side === 'source' ? manifest?.outputs : manifest?.inputs)?.[port.port]?.contract;
  return (ref && library.catalog.findContract(ref)?.family) ?? 'identity';
}
