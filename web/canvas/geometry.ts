import type { GraphNode, ModuleManifest } from '../../schemas/generated/types.ts';

export const BOX_WIDTH = 200;
export const HEADER = 50;
export const ROW = 22;
const BELOW_ROWS = 6;
const FOOTER = 28;
export const DOT = 14;

/** Which port rows a box shows, and how tall that makes it. */
export interface BoxShape {
  inputs: readonly string[];
  outputs: readonly string[];
  /** Inputs that are folded away because they may stay empty. */
  folded: number;
  isExpanded: boolean;
  height: number;
}

/** Inputs that must be filled or are filled come first and always show; the others only when asked for. */
export function shapeOf(
  manifest: ModuleManifest | undefined,
  connected: ReadonlySet<string>,
  isExpanded: boolean,
): BoxShape {
  const inputs = Object.keys(manifest?.inputs ?? {});
  const outputs = Object.keys(manifest?.outputs ?? {});
  const needed = inputs.filter((port) => manifest?.inputs[port]?.cardinality === 'one' || connected.has(port));
  const optional = inputs.filter((port) => !needed.includes(port));
  // One spare input is not worth a fold.
  const isFoldable = optional.length > 1 || (optional.length === 1 && needed.length >= 4);
  const shown = isFoldable && !isExpanded ? needed : [...needed, ...optional];
  const folded = inputs.length - shown.length;
  const leftRows = shown.length + (isFoldable ? 1 : 0);
  const rows = Math.max(leftRows, outputs.length, 1);
  return {
    inputs: shown,
    outputs,
    folded: isFoldable ? optional.length : 0,
    isExpanded: isFoldable && folded === 0,
    height: HEADER + rows * ROW + BELOW_ROWS + FOOTER,
  };
}

/** Middle of a port row, from the top of the box. */
export const rowCentre = (index: number) => HEADER + index * ROW + ROW / 2;

/** `aws-queue 1.0` of the module that the node's range takes. */
export function versionText(node: GraphNode, manifest: ModuleManifest | undefined): string {
  return `${node.module} ${manifest ? manifest.version.split('.').slice(0, 2).join('.') : node.version}`;
}
