import type { Graph, Operation, Position } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { copyRecords, type DocumentContent } from '../../schemas/rules/content.ts';
import { applyOperations, diffOperations } from '../../schemas/rules/operations.ts';
import { freePosition } from '../actions/free-position.ts';
import { placeMissing } from '../canvas/auto-place.ts';
import { everyRect } from '../canvas/select/box-rects.ts';
import { canonicalContent } from './canonical-entries.ts';
import { renamedBoxes } from './renamed-boxes.ts';

const BESIDE = 290;

/**
 * Does to `now` what the text changed: the difference between the content that the text began with and the graph that it says now.
 * What others changed meanwhile stays, and what nobody changed keeps its identity.
 */
export function applyText(
  now: DocumentContent,
  base: DocumentContent,
  graph: Graph,
  catalog: Catalog,
): DocumentContent {
  const before = canonicalContent(base);
  const after = canonicalContent({
    ...base,
    nodes: Object.fromEntries(graph.nodes.map((node) => [node.id, node])),
    connections: Object.fromEntries(graph.connections.map((line) => [line.id, line])),
  });
  const operations = diffOperations(before, after);
  if (operations.length === 0) return now;
  const renamed = renamedBoxes(Object.values(before.nodes), Object.values(after.nodes));
  return withPlaces(keepPlaces(applyOperations(now, operations), now, renamed), now, catalog);
}

/** A box under another id stays where it stood, and in its group. */
function keepPlaces(
  content: DocumentContent,
  before: DocumentContent,
  renamed: ReadonlyMap<string, string>,
): DocumentContent {
  const operations = [...renamed].flatMap(([id, old]): Operation[] =>
    (['positions', 'members'] as const).flatMap((collection) => {
      const value = before[collection][old];
      return value === undefined || old in content.nodes ? [] : [{ path: [collection, id], value }];
    }),
  );
  return applyOperations(content, operations);
}

/** New boxes stand beside what they are connected to; a graph that comes whole is laid out in columns. */
function withPlaces(content: DocumentContent, before: DocumentContent, catalog: Catalog): DocumentContent {
  const fresh = Object.keys(content.nodes).filter((id) => !(id in before.nodes) && !content.positions[id]);
  if (fresh.length === 0) return content;
  const positions = copyRecords(content.positions);
  const isWhole = Object.keys(positions).length === 0;
  const columns = placeMissing(content.nodes, content.connections, positions);
  if (isWhole) return { ...content, positions: Object.assign(positions, columns) };
  const rects = everyRect(catalog, content);
  const standing = new Map([...rects].filter(([id]) => positions[id]));
  for (const id of fresh) {
    const rect = rects.get(id);
    if (!rect) continue;
    const place = freePosition(standing.values(), { ...rect, ...besideNeighbour(content, positions, id) });
    positions[id] = place;
    standing.set(id, { ...rect, ...place });
  }
  return { ...content, positions };
}

function besideNeighbour({ connections }: DocumentContent, positions: Record<string, Position>, id: string) {
  for (const { from, to } of Object.values(connections)) {
    const [producer, consumer] = [positions[from.node], positions[to.node]];
    if (to.node === id && producer) return { x: producer.x + BESIDE, y: producer.y };
    if (from.node === id && consumer) return { x: consumer.x - BESIDE, y: consumer.y };
  }
  return undefined;
}
