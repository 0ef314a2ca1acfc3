import type { GraphNode, ModuleManifest } from '../../../schemas/generated/types.ts';
import { paramProperties } from '../../../schemas/rules/param-properties.ts';
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

interface Written {
  /** What the form was given. */
  shown: Params;
  /** What it says after a key. */
  wanted: Params;
  /** The setting that the key was for. */
  name: string | undefined;
}

/**
 * The own params of a box after a key in its form: what the form says where it was typed, and what the box says now everywhere else, which
 * somebody else may have changed since the form was drawn. A sealed secret is not in a form and stays as long as its field is empty.
 */
export function withWritten(
  manifest: ModuleManifest,
  node: GraphNode,
  { shown, wanted, name: written }: Written,
): Params {
  const now = resolveParams(manifest, node).params;
  const { sealed } = toFormData(now);
  const names = new Set([...Object.keys(shown), ...Object.keys(wanted)]);
  const typed = [...names].filter((name) => name === written || !isSame(shown[name], wanted[name]));
  const kept = typed.filter((name) => wanted[name] || !sealed.includes(name));
  const next = { ...now, ...Object.fromEntries(kept.map((name) => [name, wanted[name]])) };
  return createMergePatch(resolveParams(manifest, { preset: node.preset }).params, next);
}

/** The name of the setting that a field of a form belongs to; ids of its fields begin with the prefix. */
export function settingOf(manifest: ModuleManifest, fieldId: string, prefix: string): string | undefined {
  const names = Object.keys(paramProperties(manifest.params));
  return names.find((name) => fieldId === `${prefix}_${name}` || fieldId.startsWith(`${prefix}_${name}_`));
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
