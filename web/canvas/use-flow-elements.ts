import { useMemo, useRef } from 'react';
import type { Connection, ContractDocument, Position } from '../../schemas/generated/types.ts';
import type { DocumentState } from '../stores/document.ts';
import type { SessionState } from '../stores/session.ts';
import { useDocument, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { placeMissing } from './auto-place.ts';
import { type BoxNode, describeBox, describeLine, type LineEdge, toBoxNode, toLineEdge } from './flow-elements.ts';
import { type BoxShape, shapeOf } from './geometry.ts';

const selectNodes = (state: DocumentState) => state.nodes;
const selectConnections = (state: DocumentState) => state.connections;
const selectPositions = (state: DocumentState) => state.positions;
const selectSelection = (state: SessionState) => state.selection;
const selectExpanded = (state: SessionState) => state.expanded;

interface Lines {
  into: Connection[];
  out: Connection[];
}

function linesByNode(connections: Readonly<Record<string, Connection>>): Map<string, Lines> {
  const lines = new Map<string, Lines>();
  const of = (node: string) => {
    const entry = lines.get(node) ?? { into: [], out: [] };
    lines.set(node, entry);
    return entry;
  };
  for (const line of Object.values(connections)) {
    of(line.to.node).into.push(line);
    of(line.from.node).out.push(line);
  }
  return lines;
}

/** The least grant first, as the inspector lists them. */
function byRank(grants: readonly string[], contract: ContractDocument | undefined): string[] {
  const rank = (grant: string) => contract?.grants[grant]?.rank ?? 99;
  return [...grants].sort((a, b) => rank(a) - rank(b));
}

const NO_LINES: Lines = { into: [], out: [] };

/** Keeps the last view of each record as long as what it was made from is the same, so that React Flow skips it. */
function useRemembered<T>() {
  const memory = useRef(new Map<string, { key: readonly unknown[]; value: T }>());
  return (id: string, key: readonly unknown[], make: () => T): T => {
    const known = memory.current.get(id);
    if (known && known.key.length === key.length && known.key.every((part, index) => part === key[index])) {
      return known.value;
    }
    const value = make();
    memory.current.set(id, { key, value });
    return value;
  };
}

/** The document as React Flow nodes and edges: views that are rebuilt only for records that changed. */
export function useFlowElements(
  dragged: ReadonlyMap<string, Position>,
  unfolded: ReadonlyMap<string, readonly string[]>,
) {
  const { library } = useWorkspace();
  const nodes = useDocument(selectNodes);
  const connections = useDocument(selectConnections);
  const positions = useDocument(selectPositions);
  const selection = useSession(selectSelection);
  const expanded = useSession(selectExpanded);
  const rememberBox = useRemembered<BoxNode>();
  const rememberShape = useRemembered<BoxShape>();
  const rememberLine = useRemembered<LineEdge>();

  const lines = useMemo(() => linesByNode(connections), [connections]);
  const missing = useMemo(() => placeMissing(nodes, connections, positions), [nodes, connections, positions]);
  const nameOf = (id: string) => nodes[id]?.name ?? id;

  const selectedNodes = new Set(selection.nodes);
  const flowNodes = Object.values(nodes).map((node) => {
    const manifest = library.catalog.findModule(node.module, node.version);
    const own = lines.get(node.id) ?? NO_LINES;
    const needed = new Set([...own.into.map((line) => line.to.port), ...(unfolded.get(node.id) ?? [])]);
    const isExpanded = expanded[node.id] === true;
    const shape = rememberShape(node.id, [manifest, [...needed].join(), isExpanded], () =>
      shapeOf(manifest, needed, isExpanded),
    );
    const position = dragged.get(node.id) ?? positions[node.id] ?? missing[node.id] ?? { x: 0, y: 0 };
    const isSelected = selectedNodes.has(node.id);
    const label = describeBox(node, manifest, own, nameOf);
    return rememberBox(node.id, [node, manifest, shape, position.x, position.y, isSelected, label], () =>
      toBoxNode({ node, manifest, shape, position, isSelected, label }),
    );
  });

  const selectedLines = new Set(selection.connections);
  const flowEdges = Object.values(connections).map((line) => {
    const producer = nodes[line.from.node];
    const manifest = producer && library.catalog.findModule(producer.module, producer.version);
    const contract = manifest?.outputs[line.from.port]?.contract;
    const document = contract ? library.catalog.findContract(contract) : undefined;
    const family = document?.family ?? 'identity';
    const isSelected = selectedLines.has(line.id);
    const label = describeLine(line, nameOf);
    return rememberLine(line.id, [line, family, isSelected, label], () =>
      toLineEdge(line, family, byRank(line.grants, document), isSelected, label),
    );
  });

  return { nodes: flowNodes, edges: flowEdges };
}
