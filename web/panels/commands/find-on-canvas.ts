import type { Connection, GraphNode } from '../../../schemas/generated/types.ts';
import { type Catalog, splitContractRef } from '../../../schemas/rules/catalog.ts';
import type { DocumentContent } from '../../../schemas/rules/content.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import type { Element } from '../../stores/view.ts';

export const SEARCH_FIELDS = ['name', 'module', 'param', 'tag', 'contract', 'grant'] as const;
type Field = (typeof SEARCH_FIELDS)[number];

export interface Term {
  field?: Field;
  value: string;
}

/** `module:queue "order jobs" grant:send` as terms; a word before a colon that is no field is plain text. */
export function parseQuery(query: string): Term[] {
  const words = query.toLowerCase().match(/(?:[a-z]+:)?"[^"]*"?|\S+/g) ?? [];
  return words.flatMap((word): Term[] => {
    const at = word.indexOf(':');
    const field = SEARCH_FIELDS.find((name) => name === word.slice(0, Math.max(0, at)));
    const value = (field ? word.slice(at + 1) : word).replaceAll('"', '');
    return value === '' ? [] : [field ? { field, value } : { value }];
  });
}

interface Library {
  catalog: Catalog;
  /** Tags of the environment, which every box gets. */
  tags: Readonly<Record<string, string>>;
}

const has = (text: string | undefined, value: string) => text?.toLowerCase().includes(value) === true;
const hasPair = (pairs: object, value: string) =>
  Object.entries(pairs).some(([key, entry]) =>
    has(`${key}=${typeof entry === 'object' ? JSON.stringify(entry) : entry}`, value),
  );

/** What is set on a box: `fifo`, `fifo=true`. With a value it looks at defaults too, without one only at what somebody chose. */
function hasParam(node: GraphNode, catalog: Catalog, value: string): boolean {
  const manifest = catalog.findModule(node.module, node.version);
  const chosen = { ...manifest?.presets[node.preset ?? '']?.params, ...node.params };
  return hasPair(value.includes('=') && manifest ? resolveParams(manifest, node).params : chosen, value);
}

function boxHas(
  node: GraphNode,
  { field, value }: Term,
  content: DocumentContent,
  { catalog, tags }: Library,
): boolean {
  const manifest = catalog.findModule(node.module, node.version);
  const group = content.groups[content.members[node.id] ?? '']?.title;
  const ports = () => [...Object.values(manifest?.inputs ?? {}), ...Object.values(manifest?.outputs ?? {})];
  switch (field) {
    case 'name':
      return has(node.name, value) || has(node.id, value);
    case 'module':
      return has(node.module, value) || has(manifest?.title, value);
    case 'param':
      return hasParam(node, catalog, value);
    case 'tag':
      return hasPair({ ...tags, ...(node.params?.tags as object | undefined) }, value);
    case 'contract':
      return ports().some(({ contract }) => has(splitContractRef(contract).name, value));
    case 'grant':
      return false;
    default:
      return (
        [node.name, node.id, node.module, manifest?.title, group].some((text) => has(text, value)) ||
        hasParam(node, catalog, value)
      );
  }
}

function lineHas(line: Connection, { field, value }: Term, contract: string): boolean {
  if (field === 'contract') return has(contract, value);
  if (field === 'grant' || field === undefined) return line.grants.some((grant) => has(grant, value));
  return false;
}

export interface Found {
  /** In reading order: from the top of the canvas to its bottom, boxes before lines. */
  matches: Element[];
  nodes: Record<string, true>;
  connections: Record<string, true>;
}

/**
 * Boxes and lines that all terms fit. A line is found by its grants and its contract; what is said of boxes beside that is asked of its
 * ends, so that `module:queue grant:send` finds the lines that send to a queue.
 */
export function findOnCanvas(content: DocumentContent, library: Library, query: string): Found {
  const terms = parseQuery(query);
  const found: Found = { matches: [], nodes: {}, connections: {} };
  if (terms.length === 0) return found;
  const fits = (node: GraphNode | undefined, term: Term) => node !== undefined && boxHas(node, term, content, library);
  const boxes = Object.values(content.nodes).filter((node) => terms.every((term) => fits(node, term)));
  const lines = Object.values(content.connections).filter((line) => {
    const [from, to] = [content.nodes[line.from.node], content.nodes[line.to.node]];
    const output = from && library.catalog.findModule(from.module, from.version)?.outputs[line.from.port];
    const own = terms.map((term) => lineHas(line, term, splitContractRef(output?.contract ?? '').name));
    return own.includes(true) && terms.every((term, index) => own[index] || fits(from, term) || fits(to, term));
  });
  const place = (id: string) => content.positions[id] ?? { x: 0, y: 0 };
  boxes.sort((a, b) => place(a.id).y - place(b.id).y || place(a.id).x - place(b.id).x);
  for (const { id } of boxes) found.nodes[id] = true;
  for (const { id, from, to } of lines) {
    found.connections[id] = true;
    found.nodes[from.node] = true;
    found.nodes[to.node] = true;
  }
  const asElement = (kind: Element['kind']) => (one: { id: string }) => ({ kind, id: one.id });
  found.matches = [...boxes.map(asElement('box')), ...lines.map(asElement('line'))];
  return found;
}
