import type { Connection, GraphNode, Group } from '../../../schemas/generated/types.ts';
import { flowId } from './flow-id.ts';

type Records<T> = Readonly<Record<string, T>>;

export interface FoldingSource {
  nodes: Records<GraphNode>;
  connections: Records<Connection>;
  groups: Records<Group>;
  members: Records<string>;
}

/** Ports of the boxes in a collapsed group whose lines cross its border: one for each contract and direction. */
export interface FoldedPort {
  /** The handle's id, which is the contract's name. */
  id: string;
  /** How many ports of boxes it stands for. */
  count: number;
}

export interface GroupView {
  id: string;
  boxes: readonly string[];
}

export interface FoldedView extends GroupView {
  inputs: readonly FoldedPort[];
  outputs: readonly FoldedPort[];
}

/** A box outside of the open group that a line of the group ends at. */
export interface Stub {
  node: string;
  /** `source`: it feeds the group and stands on the left. */
  side: 'source' | 'target';
}

export interface LineEnd {
  /** Id on the canvas. */
  node: string;
  port: string;
}

/** A line that does not end where its connection does, or several between the same two ends. */
export interface ReroutedLine {
  id: string;
  source: LineEnd;
  target: LineEnd;
  lines: readonly string[];
}

/** What collapsed groups and an open group make of the graph; says nothing about places, so that a move leaves it as it is. */
export interface Folding {
  frames: readonly GroupView[];
  folded: readonly FoldedView[];
  stubs: readonly Stub[];
  hiddenBoxes: ReadonlySet<string>;
  /** Connections that are not drawn by themselves: inside a collapsed group, outside of the open one, or rerouted. */
  hiddenLines: ReadonlySet<string>;
  rerouted: readonly ReroutedLine[];
}

/** The name of the contract that a line carries. */
export type ContractOf = (line: Connection) => string;

export const UNFOLDED: Folding = {
  frames: [],
  folded: [],
  stubs: [],
  hiddenBoxes: new Set(),
  hiddenLines: new Set(),
  rerouted: [],
};

function boxesByGroup({ nodes, groups, members }: FoldingSource): Map<string, string[]> {
  const boxes = new Map<string, string[]>();
  for (const [node, group] of Object.entries(members)) {
    if (!(node in nodes) || !(group in groups)) continue;
    const list = boxes.get(group);
    if (list) list.push(node);
    else boxes.set(group, [node]);
  }
  return boxes;
}

export function foldGraph(source: FoldingSource, contractOf: ContractOf, openGroup?: string): Folding {
  const boxes = boxesByGroup(source);
  if (openGroup !== undefined && boxes.has(openGroup)) return insideOf(source, new Set(boxes.get(openGroup)));
  const frames: GroupView[] = [];
  const folded: GroupView[] = [];
  for (const [id, members] of boxes) (source.groups[id]?.collapsed ? folded : frames).push({ id, boxes: members });
  if (folded.length === 0) return frames.length === 0 ? UNFOLDED : { ...UNFOLDED, frames };
  return { ...foldInto(folded, source.connections, contractOf), frames, stubs: [] };
}

/** Only these boxes and their lines; boxes outside that they have lines with become stubs at the side. */
function insideOf({ nodes, connections }: FoldingSource, inside: ReadonlySet<string>): Folding {
  const stubs = new Map<string, Stub>();
  const hiddenLines = new Set<string>();
  const rerouted: ReroutedLine[] = [];
  for (const line of Object.values(connections)) {
    const [fromInside, toInside] = [inside.has(line.from.node), inside.has(line.to.node)];
    if (fromInside && toInside) continue;
    hiddenLines.add(line.id);
    if (fromInside === toInside) continue;
    const stub: Stub = fromInside ? { node: line.to.node, side: 'target' } : { node: line.from.node, side: 'source' };
    const end: LineEnd = { node: stubId(stub), port: 'all' };
    stubs.set(end.node, stub);
    rerouted.push({
      id: line.id,
      source: fromInside ? line.from : end,
      target: fromInside ? end : line.to,
      lines: [line.id],
    });
  }
  const hiddenBoxes = new Set(Object.keys(nodes).filter((id) => !inside.has(id)));
  return { ...UNFOLDED, stubs: [...stubs.values()], hiddenBoxes, hiddenLines, rerouted: merged(rerouted) };
}

export const stubId = ({ node, side }: Stub): string => flowId('stub', `${side}/${node}`);

/** Distinct ports of boxes behind each port of a collapsed group. */
class PortTally {
  private readonly ports = new Map<string, Set<string>>();

  add(contract: string, { node, port }: LineEnd): void {
    const known = this.ports.get(contract) ?? new Set();
    this.ports.set(contract, known.add(`${node}/${port}`));
  }

  list(): FoldedPort[] {
    return [...this.ports].map(([id, ports]) => ({ id, count: ports.size })).sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

function foldInto(groups: readonly GroupView[], connections: Records<Connection>, contractOf: ContractOf) {
  const groupOf = new Map(groups.flatMap(({ id, boxes }) => boxes.map((box) => [box, id] as const)));
  const inputs = new Map(groups.map(({ id }) => [id, new PortTally()]));
  const outputs = new Map(groups.map(({ id }) => [id, new PortTally()]));
  const hiddenLines = new Set<string>();
  const rerouted: ReroutedLine[] = [];
  for (const line of Object.values(connections)) {
    const [from, to] = [groupOf.get(line.from.node), groupOf.get(line.to.node)];
    if (from === undefined && to === undefined) continue;
    hiddenLines.add(line.id);
    if (from === to) continue;
    const contract = contractOf(line);
    if (from !== undefined) outputs.get(from)?.add(contract, line.from);
    if (to !== undefined) inputs.get(to)?.add(contract, line.to);
    rerouted.push({
      id: line.id,
      source: from === undefined ? line.from : { node: flowId('group', from), port: contract },
      target: to === undefined ? line.to : { node: flowId('group', to), port: contract },
      lines: [line.id],
    });
  }
  const folded = groups.map(
    (group): FoldedView => ({
      ...group,
      inputs: inputs.get(group.id)?.list() ?? [],
      outputs: outputs.get(group.id)?.list() ?? [],
    }),
  );
  return { folded, hiddenBoxes: new Set(groupOf.keys()), hiddenLines, rerouted: merged(rerouted) };
}

/** Several lines between the same two ends become one that carries them all. */
function merged(lines: readonly ReroutedLine[]): ReroutedLine[] {
  const byEnds = new Map<string, ReroutedLine[]>();
  for (const line of lines) {
    const ends = `${line.source.node}/${line.source.port} ${line.target.node}/${line.target.port}`;
    const known = byEnds.get(ends);
    if (known) known.push(line);
    else byEnds.set(ends, [line]);
  }
  return [...byEnds].flatMap(([ends, [first, ...others]]): ReroutedLine[] => {
    if (!first) return [];
    if (others.length === 0) return [first];
    return [{ ...first, id: flowId('bundle', ends), lines: [first, ...others].map(({ id }) => id) }];
  });
}
