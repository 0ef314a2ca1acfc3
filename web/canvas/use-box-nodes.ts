import { useMemo, useState } from 'react';
import type { GraphNode, ModuleManifest, Position } from '../../schemas/generated/types.ts';
import type { SessionState } from '../stores/session.ts';
import { useDocument, useSession } from '../stores/use-workspace.ts';
import { createLineIndex, type Faces, type Lines } from './faces.ts';
import { type BoxNode, describeBox, toBoxNode } from './flow-elements.ts';
import { type BoxShape, shapeOf } from './geometry.ts';
import type { Folding } from './groups/folding.ts';
import { useRemembered } from './remembered.ts';
import { useShownNodes } from './use-shown-nodes.ts';

const selectExpanded = (state: SessionState) => state.expanded;
const NO_LINES: Lines = { into: [], out: [] };

interface Standing {
  faces: Faces;
  folding: Folding;
  unfolded: ReadonlyMap<string, readonly string[]>;
  rest: Readonly<Record<string, Position>>;
  moving: ReadonlyMap<string, Position>;
}

interface Entry {
  node: GraphNode;
  manifest: ModuleManifest | undefined;
  shape: BoxShape;
  lines: Lines;
}

/** The boxes in two steps: what an edit changes, and over it what changes many times a second, the places and the selection. */
export function useBoxNodes({ faces, folding, unfolded, rest, moving }: Standing): readonly BoxNode[] {
  const nodes = useShownNodes();
  const connections = useDocument((state) => state.connections);
  const expanded = useSession(selectExpanded);
  const selected = useSession((state) => state.selection.nodes);
  const rememberBox = useRemembered<BoxNode>();
  const rememberShape = useRemembered<BoxShape>();
  const [indexLines] = useState(createLineIndex);
  const lines = useMemo(() => indexLines(connections), [indexLines, connections]);

  const entries = useMemo(
    () =>
      Object.values(nodes).flatMap((node): Entry[] => {
        if (folding.hiddenBoxes.has(node.id)) return [];
        const manifest = faces.get(node.id)?.manifest;
        const own = lines.get(node.id) ?? NO_LINES;
        const isExpanded = expanded[node.id] === true;
        const shape = rememberShape(node.id, [manifest, own.into, unfolded.get(node.id), isExpanded], () => {
          const needed = new Set([...own.into.map((line) => line.to.port), ...(unfolded.get(node.id) ?? [])]);
          return shapeOf(manifest, needed, isExpanded);
        });
        return [{ node, manifest, shape, lines: own }];
      }),
    [nodes, faces, folding, lines, expanded, unfolded, rememberShape],
  );

  return useMemo(() => {
    const isIn = new Set(selected);
    const nameOf = (id: string) => faces.get(id)?.name ?? id;
    return entries.map(({ node, manifest, shape, lines: own }) => {
      const position = moving.get(node.id) ?? rest[node.id] ?? { x: 0, y: 0 };
      const isSelected = isIn.has(node.id);
      const key = [node.name, manifest, shape, position.x, position.y, isSelected, own, faces];
      return rememberBox(node.id, key, () =>
        toBoxNode({ node, manifest, shape, position, isSelected, label: describeBox(node, manifest, own, nameOf) }),
      );
    });
  }, [entries, faces, selected, moving, rest, rememberBox]);
}
