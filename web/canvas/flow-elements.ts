import { type Edge, type Node, Position as Side } from '@xyflow/react';
import type { Connection, GraphNode, ModuleManifest, Position } from '../../schemas/generated/types.ts';
import { words } from '../ui/format.ts';
import { BOX_WIDTH, type BoxShape, DOT, rowCentre } from './geometry.ts';
import { NO_TAB_STOP } from './groups/flow-id.ts';
import type { ReroutedLine } from './groups/folding.ts';
import type { BundleEdge, GroupNode } from './groups/group-elements.ts';
import type { NoteNode } from './notes/use-note-nodes.ts';

export type BoxNode = Node<{ shape: BoxShape; family: string }, 'box'>;
/** Everything that stands on the canvas. */
export type CanvasNode = BoxNode | GroupNode | NoteNode;
export type LineEdge = Edge<{ family: string; grants: readonly string[] }, 'line'>;
export type CanvasEdge = LineEdge | BundleEdge;

interface BoxParts {
  node: GraphNode;
  manifest: ModuleManifest | undefined;
  shape: BoxShape;
  position: Position;
  isSelected: boolean;
  label: string;
}

/** The React Flow view of a box. Sizes and ports are given, so that nothing has to be measured before it is drawn. */
export function toBoxNode({ node, manifest, shape, position, isSelected, label }: BoxParts): BoxNode {
  const handle = (type: 'source' | 'target', port: string, index: number) => ({
    id: port,
    type,
    position: type === 'source' ? Side.Right : Side.Left,
    x: type === 'source' ? BOX_WIDTH - DOT / 2 : -DOT / 2,
    y: rowCentre(index) - DOT / 2,
    width: DOT,
    height: DOT,
  });
  return {
    id: node.id,
    type: 'box',
    position,
    width: BOX_WIDTH,
    height: shape.height,
    // Fitting the view counts measured boxes only, and a box outside of it is never measured.
    measured: { width: BOX_WIDTH, height: shape.height },
    selected: isSelected,
    ariaLabel: label,
    domAttributes: NO_TAB_STOP,
    handles: [
      ...shape.inputs.map((port, index) => handle('target', port, index)),
      ...shape.outputs.map((port, index) => handle('source', port, index)),
    ],
    data: { shape, family: manifest?.family ?? 'identity' },
  };
}

export function toLineEdge(
  line: Connection,
  family: string,
  grants: readonly string[],
  isSelected: boolean,
  label: string,
  { source, target }: Pick<ReroutedLine, 'source' | 'target'> = { source: line.from, target: line.to },
): LineEdge {
  return {
    id: line.id,
    type: 'line',
    source: source.node,
    sourceHandle: source.port,
    target: target.node,
    targetHandle: target.port,
    selected: isSelected,
    ariaLabel: label,
    domAttributes: NO_TAB_STOP,
    interactionWidth: 18,
    // Grips on every line would be twice as many shapes as there are lines.
    reconnectable: isSelected,
    // Above other lines, which would cover its grips; the style keeps all lines below the boxes.
    zIndex: isSelected ? 1 : 0,
    data: { family, grants },
  };
}

type Names = (node: string) => string;

export function describeLine(line: Connection, nameOf: Names): string {
  const ends = `Line from ${nameOf(line.from.node)}, ${words(line.from.port)}, to ${nameOf(line.to.node)}, ${words(line.to.port)}`;
  return line.grants.length > 0 ? `${ends}. Grants ${line.grants.join(', ')}.` : `${ends}.`;
}

export function describeBox(
  node: GraphNode,
  manifest: ModuleManifest | undefined,
  lines: { into: readonly Connection[]; out: readonly Connection[] },
  nameOf: Names,
): string {
  const parts = [`Box ${node.name}, ${manifest?.title ?? node.module}.`];
  if (lines.into.length > 0) {
    parts.push(
      `Takes from ${lines.into.map((line) => `${nameOf(line.from.node)} (${words(line.to.port)})`).join(', ')}.`,
    );
  }
  if (lines.out.length > 0) {
    parts.push(`Feeds ${lines.out.map((line) => `${nameOf(line.to.node)} (${words(line.from.port)})`).join(', ')}.`);
  }
  if (lines.into.length + lines.out.length === 0) parts.push('Not connected.');
  return parts.join(' ');
}
