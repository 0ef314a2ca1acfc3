import type { Graph, GraphNode, Operation } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import { isSealed, replaceSecretParams, type SealedParam } from '../../schemas/rules/secret-params.ts';
import { isWithin, type Path } from './operation-paths.ts';

/** A copy of the graph in which no secret param has a value in clear; sealed ones stay. */
export function withoutSecrets(catalog: Catalog, graph: Graph): Graph {
  const conceal = (node: GraphNode): GraphNode => {
    const manifest = catalog.findModule(node.module, node.version);
    if (!manifest || !node.params) return node;
    return {
      ...node,
      params: replaceSecretParams(manifest, node.params, (value) => (isSealed(value) ? value : undefined)),
    };
  };
  return { ...graph, nodes: graph.nodes.map(conceal) };
}

type Plain = Record<string, unknown>;

/** An operation as a node's params would hold it, and back. */
const inParams = (keys: readonly string[], value: unknown): Plain =>
  keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Plain;
const outOfParams = (keys: readonly string[], params: unknown): unknown =>
  keys.reduce<unknown>((holder, key) => (isRecord(holder) ? holder[key] : undefined), params);

/** The operations without any secret value in clear; sealed ones stay. */
export function concealOperations(
  catalog: Catalog,
  nodes: DocumentContent['nodes'],
  operations: readonly Operation[],
): Operation[] {
  const conceal = (id: string, made: unknown, params: Plain): Plain | undefined => {
    const { module, version } = isRecord(made) ? made : (nodes[id] ?? {});
    const manifest = catalog.findModule(String(module), String(version));
    // Which of its params are secret is not known here.
    if (!manifest) return undefined;
    return replaceSecretParams(manifest, params, (value) => (isSealed(value) ? value : undefined));
  };
  return operations.flatMap((operation) => {
    const { path, value } = operation;
    const [collection, id, member, ...keys] = path;
    if (collection !== 'nodes' || value === undefined) return [operation];
    if (member === undefined) {
      if (!isRecord(value) || !isRecord(value.params)) return [operation];
      return [{ ...operation, value: { ...value, params: conceal(id, value, value.params) } }];
    }
    if (member !== 'params') return [operation];
    const params = conceal(id, undefined, inParams(keys, value));
    const concealed = params && outOfParams(keys, params);
    return concealed === undefined ? [] : [{ ...operation, value: concealed }];
  });
}

/** Whether the value at this path is, or holds, a param that the module keeps secret. */
export function isSecretPath(catalog: Catalog, nodes: DocumentContent['nodes'], path: Path, value: unknown): boolean {
  const [concealed] = concealOperations(catalog, nodes, [{ path, value }]);
  return concealed === undefined || JSON.stringify(concealed.value) !== JSON.stringify(value);
}

export interface Sealing {
  path: Path;
  sealed: SealedParam;
}

/** Where the sealed form stands in place of what was sent; `stored` says what stands at the path of an operation. */
export function sealingsOf(sent: readonly Operation[], stored: (path: Path) => unknown): Sealing[] {
  const found: Sealing[] = [];
  const look = (path: Path, mine: unknown, theirs: unknown): void => {
    if (isSealed(theirs)) {
      if (!isSealed(mine)) found.push({ path, sealed: theirs });
    } else if (Array.isArray(theirs) && Array.isArray(mine)) {
      theirs.forEach((item, index) => look([...path, String(index)], mine[index], item));
    } else if (isRecord(theirs) && isRecord(mine)) {
      for (const [key, item] of Object.entries(theirs)) look([...path, key], mine[key], item);
    }
  };
  for (const { path, value } of sent) look(path, value, stored(path));
  return found;
}

/** The operation with the sealed form wherever it has another value in that place. */
export function sealIn(operation: Operation, { path, sealed }: Sealing): Operation {
  if (operation.value === undefined || !isWithin(path, operation.path)) return operation;
  const value = putSealed(operation.value, path.slice(operation.path.length), sealed);
  return value === operation.value ? operation : { ...operation, value };
}

function putSealed(value: unknown, [key, ...rest]: readonly string[], sealed: SealedParam): unknown {
  if (key === undefined) return value === undefined || isSealed(value) ? value : sealed;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? putSealed(item, rest, sealed) : item));
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
  const inside = putSealed(value[key], rest, sealed);
  return inside === value[key] ? value : { ...value, [key]: inside };
}
