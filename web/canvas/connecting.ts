import { useMemo } from 'react';
import type { PortRef } from '../../schemas/generated/types.ts';
import { otherSide, portKey, portsOf } from '../actions/connect.ts';
import type { Connecting } from '../stores/session.ts';
import { useSession } from '../stores/use-workspace.ts';
import type { Workspace } from '../stores/workspace.ts';
import { readFlowId } from './groups/flow-id.ts';

const NOTHING_UNFOLDED: ReadonlyMap<string, readonly string[]> = new Map();

/** Folded inputs that could take the line, by box: they show while it is drawn. */
export function useUnfolded(): ReadonlyMap<string, readonly string[]> {
  const connecting = useSession((state) => state.connecting);
  return useMemo(() => {
    if (connecting?.side !== 'source') return NOTHING_UNFOLDED;
    const unfolded = new Map<string, string[]>();
    for (const key of connecting.fits) {
      const [node = '', port = ''] = key.split('/');
      unfolded.set(node, [...(unfolded.get(node) ?? []), port]);
    }
    return unfolded;
  }, [connecting]);
}

/** What lies under the pointer while a line is drawn: a port, a box or the boxes of a collapsed group, empty canvas. */
export type Target =
  | { kind: 'port'; port: PortRef }
  | { kind: 'boxes'; name: string; nodes: readonly string[] }
  | { kind: 'canvas' };

/** What letting go would do there. */
export type DropAnswer =
  | { kind: 'take'; port: PortRef }
  | { kind: 'ask'; nodes: readonly string[]; count: number }
  | { kind: 'refuse'; reason: string }
  | { kind: 'offer' };

const CANVAS = '.react-flow__pane, .react-flow__edge, .react-flow__edgelabel-renderer, .react-flow__node';

/** A port counts by its whole row, unless it is on the side that the line comes from: then the box is meant. */
export function targetAt(workspace: Workspace, element: Element | null, side: Connecting['side']): Target | undefined {
  const { nodes, groups, members } = workspace.document.content();
  const { kind, id } = readFlowId(element?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? '');
  const outside = kind === 'stub' ? nodes[id.slice(id.indexOf('/') + 1)] : undefined;
  if (outside) return { kind: 'boxes', name: outside.name, nodes: [outside.id] };
  const group = groups[id];
  if (kind === 'group' && group && element?.closest('.folded')) {
    const inside = Object.keys(members).filter((node) => members[node] === id);
    return { kind: 'boxes', name: group.title, nodes: inside };
  }
  const box = kind === 'box' ? nodes[id] : undefined;
  if (!box) return element?.closest(CANVAS) ? { kind: 'canvas' } : undefined;
  const handle = element?.closest('.port')?.querySelector<HTMLElement>('.react-flow__handle');
  const port = handle?.dataset.handleid;
  if (port && handle?.classList.contains(otherSide(side))) return { kind: 'port', port: { node: id, port } };
  return { kind: 'boxes', name: box.name, nodes: [id] };
}

/** Nothing where the line comes from: it is let go there to give up. */
export function answerAt(workspace: Workspace, connecting: Connecting, target: Target): DropAnswer | undefined {
  if (target.kind === 'canvas') return { kind: 'offer' };
  const own = connecting.port.node;
  if (target.kind === 'port') {
    if (target.port.node === own) return { kind: 'refuse', reason: 'A box cannot be connected to itself.' };
    const verdict = connecting.judge(target.port);
    return verdict.ok ? { kind: 'take', port: target.port } : { kind: 'refuse', reason: verdict.reason };
  }
  if (target.nodes.length === 1 && target.nodes[0] === own) return undefined;
  const ports = target.nodes.filter((id) => id !== own).flatMap((id) => loosePorts(workspace, id, connecting.side));
  const fitting = ports.filter((port) => connecting.fits.has(portKey(port)));
  const [only] = fitting;
  if (only && fitting.length === 1) return { kind: 'take', port: only };
  if (fitting.length > 1) return { kind: 'ask', nodes: target.nodes, count: fitting.length };
  return { kind: 'refuse', reason: whyNone(workspace, connecting, target.name, ports) };
}

/** Ports of a box on the side where a line ends that was pulled from the other one. */
function loosePorts({ library, document }: Workspace, node: string, side: Connecting['side']): PortRef[] {
  const record = document.content().nodes[node];
  return record ? portsOf(library, record, otherSide(side)).map((port) => ({ node, port })) : [];
}

/** The reason of the port that comes nearest, else that the box has no port for this contract. */
function whyNone(workspace: Workspace, connecting: Connecting, name: string, ports: readonly PortRef[]): string {
  for (const port of ports) {
    const verdict = connecting.judge(port);
    if (!verdict.ok && verdict.code !== 'incompatible-contract') return verdict.reason;
  }
  const contract = contractTitle(workspace, connecting);
  return `${name} has no ${connecting.side === 'source' ? 'input' : 'output'} for the contract ${contract}.`;
}

/** What a port carries, as its contract is called. */
export function contractTitle(
  { library, document }: Workspace,
  { port, side }: Pick<Connecting, 'port' | 'side'>,
): string {
  const node = document.content().nodes[port.node];
  const manifest = node && library.catalog.findModule(node.module, node.version);
  const ref = (side === 'source' ? manifest?.outputs : manifest?.inputs)?.[port.port]?.contract;
  return (ref && library.catalog.findContract(ref)?.title) ?? port.port;
}
