// Puts nodes in waves: every node comes after all that it depends on.
import { compareText } from './compare.ts';

export interface Edge {
  from: string;
  to: string;
}

/**
 * Waves of nodes that may go side by side, each sorted by id, or the nodes of one cycle in the order of its lines.
 * Edges that name unknown nodes are ignored; double edges count once.
 */
export function orderNodes(
  nodes: readonly string[],
  edges: readonly Edge[],
): { waves: string[][]; cycle?: undefined } | { cycle: string[]; waves?: undefined } {
  const graph = adjacency(nodes, edges);
  const waves: string[][] = [];
  const waiting = new Map(nodes.map((node) => [node, 0]));
  for (const targets of graph.values()) for (const to of targets) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  let wave = [...waiting].filter(([, count]) => count === 0).map(([node]) => node);
  let placed = 0;
  while (wave.length > 0) {
    waves.push(wave.sort(compareText));
    placed += wave.length;
    const next: string[] = [];
    for (const node of wave) {
      for (const to of graph.get(node) ?? []) {
        const left = (waiting.get(to) ?? 0) - 1;
        waiting.set(to, left);
        if (left === 0) next.push(to);
      }
    }
    wave = next;
  }
  if (placed === graph.size) return { waves };
  return { cycle: findCycles(nodes, edges)[0] ?? [] };
}

/**
 * One cycle for every group of nodes that depend on one another: the shortest through the group's first node by id.
 * Each is given in the order of its lines, without repeating the first node.
 */
export function findCycles(nodes: readonly string[], edges: readonly Edge[]): string[][] {
  const graph = adjacency(nodes, edges);
  const cycles: string[][] = [];
  for (const group of stronglyConnected(graph)) {
    const start = group.reduce((least, node) => (node < least ? node : least));
    if (group.length > 1 || graph.get(start)?.has(start)) cycles.push(shortestCycle(graph, new Set(group), start));
  }
  return cycles.sort((left, right) => compareText(left[0] ?? '', right[0] ?? ''));
}

type Adjacency = Map<string, Set<string>>;

function adjacency(nodes: readonly string[], edges: readonly Edge[]): Adjacency {
  const graph: Adjacency = new Map(nodes.map((node) => [node, new Set<string>()]));
  for (const { from, to } of edges) if (graph.has(to)) graph.get(from)?.add(to);
  return graph;
}

function shortestCycle(graph: Adjacency, group: ReadonlySet<string>, start: string): string[] {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    // By id: of two shortest cycles, the same one is named however nodes and lines are ordered.
    for (const to of [...(graph.get(node) ?? [])].sort(compareText)) {
      if (to === start) return pathTo(node, cameFrom);
      if (!group.has(to) || cameFrom.has(to)) continue;
      cameFrom.set(to, node);
      queue.push(to);
    }
  }
  return [];
}

function pathTo(end: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path: string[] = [];
  for (let node: string | undefined = end; node !== undefined; node = cameFrom.get(node)) path.push(node);
  return path.reverse();
}

interface Frame {
  node: string;
  targets: Iterator<string>;
}

/** Tarjan's algorithm with a stack of its own: a chain may be 10,000 nodes long. */
function stronglyConnected(graph: Adjacency): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: string[][] = [];
  const frames: Frame[] = [];
  const enter = (node: string) => {
    low.set(node, index.size);
    index.set(node, index.size);
    open.push(node);
    isOpen.add(node);
    frames.push({ node, targets: (graph.get(node) ?? new Set<string>()).values() });
  };
  const lower = (node: string, value: number | undefined) => {
    if (value !== undefined && value < (low.get(node) ?? value)) low.set(node, value);
  };
  const leave = (node: string) => {
    frames.pop();
    const parent = frames.at(-1);
    if (parent) lower(parent.node, low.get(node));
    if (low.get(node) !== index.get(node)) return;
    const group = open.splice(open.lastIndexOf(node));
    for (const member of group) isOpen.delete(member);
    groups.push(group);
  };
  for (const root of graph.keys()) {
    if (!index.has(root)) enter(root);
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const next = frame.targets.next();
      if (next.done) leave(frame.node);
      else if (!index.has(next.value)) enter(next.value);
      else if (isOpen.has(next.value)) lower(frame.node, index.get(next.value));
    }
  }
  return groups;
}
