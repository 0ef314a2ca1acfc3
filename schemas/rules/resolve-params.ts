// What a node's params are in the end: schema defaults, then the preset, then what the user set.
import type { GraphNode, ModuleManifest } from '../generated/types.ts';
import { jsonPointer, pointerSegments } from './json-pointer.ts';
import { isRecord, mergePatch } from './merge-patch.ts';

export interface ResolvedParams {
  params: Record<string, unknown>;
  /** JSON Pointers of the values that differ from defaults and preset. */
  differsFromPreset: string[];
}

const bases = new WeakMap<ModuleManifest, Map<string, Record<string, unknown>>>();

/**
 * Overlays schema defaults, the preset and the node's own params, each a JSON merge patch (RFC 7396) over the one before.
 * An unknown preset counts as none: the check reports it.
 */
export function resolveParams(manifest: ModuleManifest, node: Pick<GraphNode, 'preset' | 'params'>): ResolvedParams {
  const params = mergeParams(manifest, node);
  return { params, differsFromPreset: differences(baseParams(manifest, node.preset), params, '').sort() };
}

/** The params of `resolveParams` without the comparison, which a check of thousands of nodes has no use for. */
export function mergeParams(
  manifest: ModuleManifest,
  node: Pick<GraphNode, 'preset' | 'params'>,
): Record<string, unknown> {
  return mergePatch(baseParams(manifest, node.preset), node.params ?? {}) as Record<string, unknown>;
}

/**
 * A node's own params without what they say of one place, which so returns to preset and defaults; undefined when nothing is left.
 *
 * @param pointer one of `differsFromPreset`.
 */
export function withoutParam(
  params: Readonly<Record<string, unknown>>,
  pointer: string,
): Record<string, unknown> | undefined {
  return without(params, pointerSegments(pointer));
}

function without(
  record: Readonly<Record<string, unknown>>,
  path: readonly string[],
): Record<string, unknown> | undefined {
  const [first = '', ...deeper] = path;
  const member = record[first];
  const kept = deeper.length > 0 && isRecord(member) ? without(member, deeper) : undefined;
  const { [first]: _gone, ...others } = record;
  const rest = kept ? { ...others, [first]: kept } : others;
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/** The defaults that a JSON Schema of params states, nested objects included; local `$ref`s are followed. */
export function schemaDefaults(schema: unknown, root: unknown = schema): unknown {
  const resolved = followRef(schema, root);
  if (!isRecord(resolved)) return undefined;
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(isRecord(resolved.properties) ? resolved.properties : {})) {
    const value = schemaDefaults(member, root);
    if (value !== undefined) members[name] = value;
  }
  const nested = Object.keys(members).length > 0 ? members : undefined;
  return 'default' in resolved ? mergePatch(nested, resolved.default) : nested;
}

function followRef(schema: unknown, root: unknown): unknown {
  if (!isRecord(schema) || typeof schema.$ref !== 'string' || !schema.$ref.startsWith('#/')) return schema;
  let target: unknown = root;
  for (const segment of pointerSegments(schema.$ref.slice(1))) target = isRecord(target) ? target[segment] : undefined;
  // Members beside a $ref (a default of its own) win over what it refers to.
  return isRecord(target) ? { ...target, ...schema, $ref: undefined } : schema;
}

function baseParams(manifest: ModuleManifest, preset: string | undefined): Record<string, unknown> {
  const byPreset = bases.get(manifest) ?? new Map<string, Record<string, unknown>>();
  bases.set(manifest, byPreset);
  const name = preset !== undefined && Object.hasOwn(manifest.presets, preset) ? preset : '';
  const known = byPreset.get(name);
  if (known) return known;
  const base = mergePatch(schemaDefaults(manifest.params) ?? {}, manifest.presets[name]?.params ?? {});
  const frozen = deepFreeze(structuredClone(base)) as Record<string, unknown>;
  byPreset.set(name, frozen);
  return frozen;
}

// Resolved params share parts with the remembered base: a write into them must fail loudly and not spoil the next node.
function deepFreeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}

function differences(base: unknown, value: unknown, path: string): string[] {
  if (base === value) return [];
  if (isRecord(base) && isRecord(value)) {
    const keys = new Set([...Object.keys(base), ...Object.keys(value)]);
    return [...keys].flatMap((key) => differences(base[key], value[key], path + jsonPointer(key)));
  }
  if (Array.isArray(base) && Array.isArray(value) && base.length === value.length) {
    return base.some((item, index) => differences(item, value[index], '').length > 0) ? [path] : [];
  }
  return [path];
}
