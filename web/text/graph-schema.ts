import graphSchema from '../../schemas/documents/graph.json' with { type: 'json' };

/** Keys of a box, of a line and of its ends, with what the schema says of each. */
const KEYS = {
  graph: graphSchema.properties,
  node: graphSchema.$defs.GraphNode.properties,
  connection: graphSchema.$defs.Connection.properties,
  end: graphSchema.$defs.PortRef.properties,
} as const;

const REQUIRED: Record<keyof typeof KEYS, readonly string[]> = {
  graph: graphSchema.required,
  node: graphSchema.$defs.GraphNode.required,
  connection: graphSchema.$defs.Connection.required,
  end: graphSchema.$defs.PortRef.required,
};

/** The keys that the object at this path may have; nothing where a module's schema rules. */
export function keysAt(
  path: readonly string[],
): { keys: Readonly<Record<string, unknown>>; required: readonly string[] } | undefined {
  const [list, , end] = path;
  const kind = path.length === 0 ? 'graph' : path.length === 2 ? (list === 'nodes' ? 'node' : 'connection') : 'end';
  const isKnown =
    path.length === 0 ||
    (path.length === 2 && (list === 'nodes' || list === 'connections')) ||
    (path.length === 3 && list === 'connections' && (end === 'from' || end === 'to'));
  return isKnown ? { keys: KEYS[kind], required: REQUIRED[kind] } : undefined;
}
