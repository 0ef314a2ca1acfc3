import type { GraphNode, ModuleManifest } from '../../../schemas/generated/types.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { createMergePatch, isSame } from '../../stores/merge-patch.ts';
import { toFormData } from './params-ui.ts';

type Params = Record<string, unknown>;

/** What several boxes of one module have in common: values that all of them have, and names of those in which they differ. */
export function sharedParams(
  manifest: ModuleManifest,
  nodes: readonly GraphNode[],
): { data: Params; differing: string[] } {
  const each = nodes.map((node) => toFormData(resolveParams(manifest, node).params).data);
  const names = [...new Set(each.flatMap((params) => Object.keys(params)))];
  const isShared = (name: string) => each.every((params) => isSame(params[name], each[0]?.[name]));
  return {
    data: Object.fromEntries(names.filter(isShared).map((name) => [name, each[0]?.[name]])),
    differing: names.filter((name) => !isShared(name)),
  };
}

/** The own params of each box after one setting was given to all of them; nothing else of theirs changes. */
export function withShared(
  manifest: ModuleManifest,
  nodes: readonly GraphNode[],
  name: string,
  value: unknown,
): Record<string, Params> {
  return Object.fromEntries(
    nodes.map((node) => {
      const base = resolveParams(manifest, { preset: node.preset }).params;
      const wanted = { ...resolveParams(manifest, node).params, [name]: value };
      return [node.id, createMergePatch(base, wanted)];
    }),
  );
}
