import type { GraphNode, Group, Layout, Note } from '../../schemas/generated/types.ts';
import { connectFrom } from '../../schemas/rules/can-connect.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { checkGraph } from '../../schemas/rules/check-graph.ts';
import { copyRecords, type DocumentContent, graphOf } from '../../schemas/rules/content.ts';
import { parseDrawing } from '../../schemas/rules/parse-drawing.ts';
import { isSealed, replaceSecretParams } from '../../schemas/rules/secret-params.ts';
import { type Clipping, clip, type Taken, withBoxesOfGroups } from './clipping.ts';
import { connect, freeId, setMembers } from './edits.ts';

type Content = DocumentContent;

const LONGEST_NAME = 60;

/** `orders copy`, `orders copy 2`: a name that nobody has. */
export function copyName(taken: ReadonlySet<string>, name: string): string {
  const base = name.replace(/ copy( \d+)?$/, '').slice(0, LONGEST_NAME - 9);
  for (let count = 1; ; count += 1) {
    const wish = `${base} copy${count === 1 ? '' : ` ${count}`}`;
    if (!taken.has(wish)) return wish;
  }
}

/** The id itself where it is free, else with the next number. */
const ownId = (taken: Readonly<Record<string, unknown>>, id: string) =>
  Object.hasOwn(taken, id) ? freeId(taken, id.replace(/-\d+$/, '')) : id;

const own = <T>(records: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(records, id) ? records[id] : undefined;

interface Added {
  content: Content;
  /** The new id of each box, by the id that it came with. */
  ids: ReadonlyMap<string, string>;
  groups: readonly string[];
  notes: readonly string[];
  /** Lines that were left out because an end is missing. */
  dropped: number;
}

/** Adds a clipping beside what is there: ids and names that are taken change; lines and groups follow their boxes. */
function addClipping(content: Content, { graph, layout }: Clipping): Added {
  const ids = new Map<string, string>();
  const names = new Set(Object.values(content.nodes).map(({ name }) => name));
  const nodes = copyRecords(content.nodes);
  const positions = copyRecords(content.positions);
  for (const node of graph.nodes) {
    const id = ownId(nodes, node.id);
    const name = id === node.id && !names.has(node.name) ? node.name : copyName(names, node.name);
    names.add(name);
    if (!ids.has(node.id)) ids.set(node.id, id);
    nodes[id] = { ...node, id, name };
    positions[id] = own(layout.nodes, node.id) ?? { x: 0, y: 0 };
  }
  const connections = copyRecords(content.connections);
  let dropped = 0;
  for (const line of graph.connections) {
    const [from, to] = [ids.get(line.from.node), ids.get(line.to.node)];
    if (from === undefined || to === undefined) {
      dropped += 1;
      continue;
    }
    const id = ownId(connections, line.id);
    connections[id] = { ...line, id, from: { ...line.from, node: from }, to: { ...line.to, node: to } };
  }
  const grouped = addGroups({ ...content, nodes, positions, connections }, layout, ids);
  const noted = addNotes(grouped.content, layout.notes ?? {});
  return { content: noted.content, ids, groups: grouped.ids, notes: noted.ids, dropped };
}

/** Groups without a box that came along stay behind: nothing of them would be seen. */
function addGroups(content: Content, { groups = {}, members = {} }: Layout, boxes: Added['ids']) {
  const ids = new Map<string, string>();
  const titles = new Set(Object.values(content.groups).map(({ title }) => title));
  const all: Record<string, Group> = { ...content.groups };
  const joined: Record<string, string> = { ...content.members };
  for (const [node, group] of Object.entries(members)) {
    const [box, came] = [boxes.get(node), own(groups, group)];
    if (box === undefined || !came) continue;
    const id = ids.get(group) ?? ownId(all, group);
    joined[box] = id;
    if (ids.has(group)) continue;
    ids.set(group, id);
    const title = titles.has(came.title) ? copyName(titles, came.title) : came.title;
    titles.add(title);
    all[id] = { ...came, title };
  }
  return { content: ids.size > 0 ? { ...content, groups: all, members: joined } : content, ids: [...ids.values()] };
}

function addNotes(content: Content, notes: Readonly<Record<string, Note>>) {
  const all: Record<string, Note> = { ...content.notes };
  const ids = Object.entries(notes).map(([wish, note]) => {
    const id = ownId(all, wish);
    all[id] = note;
    return id;
  });
  return { content: ids.length > 0 ? { ...content, notes: all } : content, ids };
}

/**
 * Copies boxes, whole groups and notes, with the lines between the boxes and those that they take from others where the rules allow
 * another one. Copies of boxes whose group is not copied join it.
 * @param arrange says where the copies go
 */
export function duplicate(
  content: Content,
  catalog: Catalog,
  taken: Taken,
  arrange: (clipping: Clipping) => Clipping,
): Added {
  const { nodes, groups } = withBoxesOfGroups(content, taken);
  const added = addClipping(content, arrange(clip(content, taken, content.positions)));
  const joined = nodes.flatMap((id) => {
    const [copy, group] = [added.ids.get(id), content.members[id]];
    return copy !== undefined && group !== undefined && !groups.includes(group) ? [[copy, group] as const] : [];
  });
  const now = joined.length > 0 ? setMembers(added.content, Object.fromEntries(joined)) : added.content;
  return { ...added, content: takeLines(content, now, catalog, added.ids) };
}

/** Draws the lines that boxes take from others to their copies too. */
function takeLines(before: Content, after: Content, catalog: Catalog, copies: Added['ids']): Content {
  const graph = graphOf(after);
  const judges = new Map<string, ReturnType<typeof connectFrom>>();
  let now = after;
  for (const line of Object.values(before.connections)) {
    const copy = copies.get(line.to.node);
    if (copy === undefined || copies.has(line.from.node)) continue;
    const key = `${line.from.node}/${line.from.port}`;
    const judge = judges.get(key) ?? connectFrom(catalog, graph, line.from);
    judges.set(key, judge);
    const to = { node: copy, port: line.to.port };
    if (judge(to).ok) now = connect(now, { ...line, to }).content;
  }
  return now;
}

export interface PasteWish {
  text: string;
  /** Where the boxes and notes of the text go. */
  arrange(clipping: Clipping): Clipping;
  /** Whether a sealed secret of the text can be read here. */
  isOurs(secret: string): boolean;
}

export type Pasted =
  | ({ ok: true; content: Content; dropped: number; secrets: string[] } & Taken)
  | { ok: false; reasons: string[] };

/**
 * Takes any text that is a graph, with or without a layout. What would keep the graph from being saved is left out (lines) or refused
 * (boxes), in words.
 */
export function paste(content: Content, catalog: Catalog, wish: PasteWish): Pasted {
  const { graph, layout, issues } = parseDrawing(wish.text);
  if (!graph) return { ok: false, reasons: issues.map(({ message }) => message) };
  if (graph.nodes.length === 0 && Object.keys(layout?.notes ?? {}).length === 0)
    return { ok: false, reasons: ['The graph has no boxes.'] };
  const { graph: readable, secrets } = withoutForeignSecrets(catalog, graph, wish.isOurs);
  const came: Clipping = { graph: readable, layout: layout ?? { schemaVersion: 1, nodes: {} } };
  const added = addClipping(content, wish.arrange(came));
  const { groups, notes } = added;
  const nodes = [...added.ids.values()];
  const lines = Object.keys(added.content.connections).filter((id) => !Object.hasOwn(content.connections, id));
  const [isNew, isNewLine] = [new Set(nodes), new Set(lines)];
  const blocking = checkGraph(catalog, graphOf(added.content)).filter(({ blocks }) => blocks === 'save');
  const refused = blocking.filter(({ node, connection }) => !connection && node !== undefined && isNew.has(node));
  if (refused.length > 0) return { ok: false, reasons: refused.map(({ message }) => message) };
  const unfit = new Set(
    blocking.flatMap(({ connection }) => (connection && isNewLine.has(connection) ? [connection] : [])),
  );
  const kept = Object.entries(added.content.connections).filter(([id]) => !unfit.has(id));
  const connections = unfit.size > 0 ? Object.fromEntries(kept) : added.content.connections;
  const dropped = added.dropped + unfit.size;
  return { ok: true, content: { ...added.content, connections }, nodes, groups, notes, dropped, secrets };
}

/** Sealed secrets are readable in the environment that sealed them; elsewhere they are left out. Returns the names of boxes that lost one. */
function withoutForeignSecrets(catalog: Catalog, graph: Clipping['graph'], isOurs: PasteWish['isOurs']) {
  const secrets: string[] = [];
  const conceal = (node: GraphNode): GraphNode => {
    const manifest = catalog.findModule(node.module, node.version);
    if (!manifest || !node.params) return node;
    let isLost = false;
    const params = replaceSecretParams(manifest, node.params, (value) => {
      if (!isSealed(value) || isOurs(value.$secret)) return value;
      isLost = true;
      return undefined;
    });
    if (!isLost) return node;
    secrets.push(node.name);
    return { ...node, params: JSON.parse(JSON.stringify(params)) };
  };
  return { graph: { ...graph, nodes: graph.nodes.map(conceal) }, secrets };
}
