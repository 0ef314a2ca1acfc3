// Which cloud objects a Terraform state knows: pure.

interface StateResource {
  mode?: string;
  type?: string;
  instances?: { attributes?: { id?: unknown } }[];
}

/** Ids of the managed resources of a state (version 4), by resource type; nothing where there is no state. */
export function stateIds(state: Buffer | undefined): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  if (!state) return ids;
  const { resources = [] } = JSON.parse(state.toString('utf8')) as { resources?: StateResource[] };
  for (const { mode, type, instances = [] } of resources) {
    if (mode !== 'managed' || !type) continue;
    const known = ids.get(type) ?? new Set<string>();
    for (const { attributes } of instances) if (typeof attributes?.id === 'string') known.add(attributes.id);
    ids.set(type, known);
  }
  return ids;
}
