import type { Connection, GraphNode, Position } from '../../schemas/generated/types.ts';
import { orderNodes } from '../../schemas/rules/order.ts';

const COLUMN = 290;
const ROW = 180;

type Nodes = Readonly<Record<string, GraphNode>>;
type Positions = Readonly<Record<string, Position>>;

/** Places for boxes that nobody has placed (a graph from a file): a column per wave, beside what stands already. */
export function placeMissing(nodes: Nodes, connections: Readonly<Record<string, Connection>>, placed: Positions) {
  const missing = Object.keys(nodes).filter((id) => !placed[id]);
  if (missing.length === 0) return {};
  const edges = Object.values(connections).map((line) => ({ from: line.from.node, to: line.to.node }));
  const known = edges.filter((edge) => nodes[edge.from] && nodes[edge.to]);
  const order = orderNodes(Object.keys(nodes), known);
  const waves = ('waves' in order && order.waves) || [Object.keys(nodes)];
  const standing = Object.values(placed);
  const top = standing.length > 0 ? Math.max(...standing.map((place) => place.y)) + 2 * ROW : 0;
  const left = standing.length > 0 ? Math.min(...standing.map((place) => place.x)) : 0;
  const result: Record<string, Position> = {};
  waves.forEach((wave, column) => {
    const here = wave.filter((id) => !placed[id]);
    for (const [row, id] of here.entries()) result[id] = { x: left + column * COLUMN, y: top + row * ROW };
  });
  return result;
}
