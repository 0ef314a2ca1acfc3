import type { Connection, GraphNode, ModuleManifest } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';

/** What others need to know of a box: its name and its module. */
export interface Face {
  name: string;
  manifest: ModuleManifest | undefined;
}

export type Faces = ReadonlyMap<string, Face>;

/** The same map as long as no name and no module changes: what is typed into a form is no reason to make lines anew. */
export function createFaceKeeper(catalog: Catalog) {
  let last: Readonly<Record<string, GraphNode>> = {};
  let faces: Faces = new Map();
  return (nodes: Readonly<Record<string, GraphNode>>): Faces => {
    if (nodes === last) return faces;
    last = nodes;
    const fresh = new Map<string, Face>();
    let isSame = true;
    for (const { id, name, module, version } of Object.values(nodes)) {
      const manifest = catalog.findModule(module, version);
      const before = faces.get(id);
      const isKept = before?.name === name && before.manifest === manifest;
      fresh.set(id, isKept ? before : { name, manifest });
      isSame &&= isKept;
    }
    if (!isSame || fresh.size !== faces.size) faces = fresh;
    return faces;
  };
}

export interface Lines {
  into: readonly Connection[];
  out: readonly Connection[];
}

const isSameList = (a: readonly Connection[], b: readonly Connection[] | undefined) =>
  a.length === b?.length && a.every((line, index) => line === b[index]);

/** The lines of each box; those of a box are the same object until one of them changes. */
export function createLineIndex() {
  let index: ReadonlyMap<string, Lines> = new Map();
  return (connections: Readonly<Record<string, Connection>>): ReadonlyMap<string, Lines> => {
    const lines = new Map<string, { into: Connection[]; out: Connection[] }>();
    const of = (node: string) => {
      const entry = lines.get(node) ?? { into: [], out: [] };
      lines.set(node, entry);
      return entry;
    };
    for (const line of Object.values(connections)) {
      of(line.to.node).into.push(line);
      of(line.from.node).out.push(line);
    }
    const kept = new Map<string, Lines>();
    for (const [node, entry] of lines) {
      const before = index.get(node);
      const isKept = before && isSameList(entry.into, before.into) && isSameList(entry.out, before.out);
      kept.set(node, isKept ? before : entry);
    }
    index = kept;
    return kept;
  };
}
