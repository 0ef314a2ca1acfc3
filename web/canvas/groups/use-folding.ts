import { useMemo } from 'react';
import { useDocument, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { useShownNodes } from '../use-shown-nodes.ts';
import { foldDocument } from './fold-document.ts';
import type { Folding } from './folding.ts';

/** What collapsed groups and the open group make of the document; the same object until one of them, a box or a line changes. */
export function useFolding(): Folding {
  const { library } = useWorkspace();
  const nodes = useShownNodes();
  const connections = useDocument((state) => state.connections);
  const groups = useDocument((state) => state.groups);
  const members = useDocument((state) => state.members);
  const openGroup = useSession((state) => state.openGroup);
  return useMemo(
    () => foldDocument(library.catalog, { nodes, connections, groups, members }, openGroup),
    [nodes, connections, groups, members, openGroup, library],
  );
}
