import type { ModuleDetail, ModuleManifest } from '../../../schemas/generated/types.ts';
import type { Catalog } from '../../../schemas/rules/catalog.ts';
import { judgeLine } from '../../../schemas/rules/judge-line.ts';

/** A module at the other end of a line, and the family of what flows along it. */
export interface Neighbour {
  module: ModuleDetail;
  family: string;
}

/** Which modules give what a module takes, and which take what it gives; each once, in the order of its ports. */
export function neighboursOf(
  catalog: Catalog,
  modules: readonly ModuleDetail[],
  own: ModuleManifest,
): { before: Neighbour[]; after: Neighbour[] } {
  const before = new Map<string, Neighbour>();
  const after = new Map<string, Neighbour>();
  const family = (giver: ModuleManifest, output: string, taker: ModuleManifest, input: string) => {
    const from = { node: giver.id, manifest: giver, port: output };
    const line = judgeLine(catalog, from, { node: taker.id, manifest: taker, port: input });
    return line.ok ? line.contract.family : undefined;
  };
  const collect = (into: Map<string, Neighbour>, module: ModuleDetail, found: string | undefined) => {
    if (found && !into.has(module.manifest.id)) into.set(module.manifest.id, { module, family: found });
  };
  for (const input of Object.keys(own.inputs))
    for (const module of modules)
      for (const output of Object.keys(module.manifest.outputs))
        collect(before, module, family(module.manifest, output, own, input));
  for (const output of Object.keys(own.outputs))
    for (const module of modules)
      for (const input of Object.keys(module.manifest.inputs))
        collect(after, module, family(own, output, module.manifest, input));
  return { before: [...before.values()], after: [...after.values()] };
}
