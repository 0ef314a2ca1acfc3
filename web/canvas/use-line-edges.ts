import { useMemo } from 'react';
import type { Connection, ContractDocument } from '../../schemas/generated/types.ts';
import { useDocument, useSession, useWorkspace } from '../stores/use-workspace.ts';
import type { Faces } from './faces.ts';
import { type CanvasEdge, describeLine, type LineEdge, toLineEdge } from './flow-elements.ts';
import type { Folding } from './groups/folding.ts';
import { type BundleEdge, toBundleEdge } from './groups/group-elements.ts';
import { useRemembered } from './remembered.ts';

/** The least grant first, as the inspector lists them. */
function byRank(grants: readonly string[], contract: ContractDocument | undefined): string[] {
  const rank = (grant: string) => contract?.grants[grant]?.rank ?? 99;
  return [...grants].sort((a, b) => rank(a) - rank(b));
}

/** The lines, and those that collapsed groups make one of; nothing of it depends on where boxes stand. */
export function useLineEdges(faces: Faces, folding: Folding): CanvasEdge[] {
  const { library } = useWorkspace();
  const connections = useDocument((state) => state.connections);
  const selected = useSession((state) => state.selection.connections);
  const rememberLine = useRemembered<LineEdge>();
  const rememberBundle = useRemembered<BundleEdge>();
  return useMemo(() => {
    const isIn = new Set(selected);
    const nameOf = (id: string) => faces.get(id)?.name ?? id;
    const singles = new Map(
      folding.rerouted.flatMap((drawn) => (drawn.lines.length === 1 ? [[drawn.id, drawn] as const] : [])),
    );
    const contractOf = (line: Connection) => {
      const contract = faces.get(line.from.node)?.manifest?.outputs[line.from.port]?.contract;
      return contract ? library.catalog.findContract(contract) : undefined;
    };
    const edges: CanvasEdge[] = Object.values(connections).flatMap((line) => {
      const ends = singles.get(line.id);
      if (!ends && folding.hiddenLines.has(line.id)) return [];
      const isSelected = isIn.has(line.id);
      return rememberLine(line.id, [line, isSelected, ends, faces], () => {
        const document = contractOf(line);
        const family = document?.family ?? 'identity';
        return toLineEdge(line, family, byRank(line.grants, document), isSelected, describeLine(line, nameOf), ends);
      });
    });
    for (const drawn of folding.rerouted) {
      const first = connections[drawn.lines[0] ?? ''];
      if (drawn.lines.length === 1 || !first) continue;
      const family = contractOf(first)?.family ?? 'identity';
      const isSelected = drawn.lines.every((id) => isIn.has(id));
      edges.push(rememberBundle(drawn.id, [drawn, family, isSelected], () => toBundleEdge(drawn, family, isSelected)));
    }
    return edges;
  }, [connections, faces, folding, selected, library, rememberLine, rememberBundle]);
}
