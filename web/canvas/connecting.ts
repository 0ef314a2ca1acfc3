import { createContext, useContext, useMemo } from 'react';
import type { Graph, PortRef } from '../../schemas/generated/types.ts';
import { type ConnectVerdict, canConnect, connectFrom } from '../../schemas/rules/can-connect.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { graphOf } from '../stores/document-changes.ts';
import type { Connecting } from '../stores/session.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';

/** Says whether the line being drawn may end at a port; nothing while no line is drawn or for ports on its own side. */
export type Judge = (port: PortRef, side: 'source' | 'target') => ConnectVerdict | undefined;

const NOBODY: Judge = () => undefined;
export const JudgeContext = createContext<Judge>(NOBODY);
export const useJudge = () => useContext(JudgeContext);

/** Answers are computed when a port asks and remembered while the line is drawn. */
function createJudge(catalog: Catalog, graph: Graph, { port: fixed, side }: Connecting): Judge {
  const judge: (port: PortRef) => ConnectVerdict =
    side === 'source' ? connectFrom(catalog, graph, fixed) : (port) => canConnect(catalog, graph, port, fixed);
  const known = new Map<string, ConnectVerdict>();
  return (port, portSide) => {
    if (portSide === side) return undefined;
    const key = `${port.node}/${port.port}`;
    const verdict = known.get(key) ?? judge(port);
    known.set(key, verdict);
    return verdict;
  };
}

export function useCurrentJudge(): Judge {
  const { library, document } = useWorkspace();
  const connecting = useSession((state) => state.connecting);
  return useMemo(
    () => (connecting ? createJudge(library.catalog, graphOf(document.content()), connecting) : NOBODY),
    [connecting, library, document],
  );
}

/** Folded inputs that could take the line, by box: they show while it is drawn. */
export function useUnfolded(judge: Judge): ReadonlyMap<string, readonly string[]> {
  const { library, document } = useWorkspace();
  const connecting = useSession((state) => state.connecting);
  return useMemo(() => {
    const unfolded = new Map<string, readonly string[]>();
    if (connecting?.side !== 'source') return unfolded;
    for (const node of Object.values(document.content().nodes)) {
      const inputs = library.catalog.findModule(node.module, node.version)?.inputs ?? {};
      const fitting = Object.keys(inputs).filter((port) => judge({ node: node.id, port }, 'target')?.ok);
      if (fitting.length > 0) unfolded.set(node.id, fitting);
    }
    return unfolded;
  }, [connecting, judge, library, document]);
}
