import type { Connection, ModuleDetail, PortRef, Position } from '../../schemas/generated/types.ts';
import { type ConnectVerdict, canConnect, connectFrom, connectTo } from '../../schemas/rules/can-connect.ts';
import { type DocumentContent, graphOf } from '../../schemas/rules/content.ts';
import { judgeLine } from '../../schemas/rules/judge-line.ts';
import { offeredGrants } from '../../schemas/rules/port-grants.ts';
import { envPrefixOf } from '../../schemas/rules/resolve-env-variables.ts';
import * as edits from '../stores/edits.ts';
import { type Connecting, type LineEnd, rememberModule, select } from '../stores/session.ts';
import type { Library, Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';
import { newNode } from './edit.ts';
import { freePlace } from './free-position.ts';
import { currentElement } from './walk.ts';

export const portKey = ({ node, port }: PortRef) => `${node}/${port}`;

const without = (content: DocumentContent, line: string | undefined) =>
  line === undefined ? content : edits.removeElements(content, { connections: [line] });

/** The names of a module's ports on one side. */
export function portsOf(library: Library, node: { module: string; version: string }, side: LineEnd['side']): string[] {
  const manifest = library.catalog.findModule(node.module, node.version);
  return Object.keys((side === 'source' ? manifest?.outputs : manifest?.inputs) ?? {});
}

export const otherSide = (side: LineEnd['side']) => (side === 'source' ? 'target' : 'source');

/**
 * Judges every port that could be the other end of a line, at once: what leads to the fixed end is found once, and most ports fall out
 * by their contract alone, which is judged once for each module.
 * @param line the line whose end is being moved: the rules look at the graph as if it were not there.
 */
export function judgeEnds({ library, document }: Workspace, end: LineEnd, line?: string): Connecting {
  const content = without(document.content(), line);
  const { catalog } = library;
  const prepare = end.side === 'source' ? connectFrom : connectTo;
  const judge = prepare(catalog, graphOf(content), end.port);
  const mayFit = fittingPorts(library, content, end);
  const fits = new Set<string>();
  for (const node of Object.values(content.nodes)) {
    for (const port of mayFit(node)) {
      const ref = { node: node.id, port };
      if (judge(ref).ok) fits.add(portKey(ref));
    }
  }
  return { ...end, line, judge, fits };
}

type AnyModule = { module: string; version: string };

/** Ports whose contract fits a fixed end, by module. */
function fittingPorts(
  library: Library,
  content: DocumentContent,
  end: LineEnd,
): (node: AnyModule) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const fixed = content.nodes[end.port.node];
  const manifest = fixed && library.catalog.findModule(fixed.module, fixed.version);
  return (node) => {
    const key = `${node.module}@${node.version}`;
    const other = library.catalog.findModule(node.module, node.version);
    if (!manifest || !other) return [];
    const fitting =
      known.get(key) ??
      portsOf(library, node, otherSide(end.side)).filter((port) => {
        const own = { node: end.port.node, manifest, port: end.port.port };
        const free = { node: node.module, manifest: other, port };
        return judgeLine(library.catalog, ...(end.side === 'source' ? ([own, free] as const) : ([free, own] as const)))
          .ok;
      });
    known.set(key, fitting);
    return fitting;
  };
}

/** Ports of a published module that would take a line with this end. */
export function portsThatTake({ library, document }: Workspace, end: LineEnd, { manifest }: ModuleDetail) {
  return fittingPorts(library, document.content(), end)({ module: manifest.id, version: manifest.version });
}

export function startLine(workspace: Workspace, end: LineEnd, line?: string): void {
  workspace.session.setState({ connecting: judgeEnds(workspace, end, line), hint: undefined, connectMenu: undefined });
}

/** The two ends of a line, producer first. */
export const asLine = ({ port, side }: LineEnd, other: PortRef) =>
  side === 'source' ? { from: port, to: other } : { from: other, to: port };

/**
 * Draws a line with the least grants, if the rules allow it; returns its id, or the reason why not.
 * @param line the line to move there instead: it keeps its id, the grants that still fit, and its prefix.
 */
export function connectPorts(
  workspace: Workspace,
  from: PortRef,
  to: PortRef,
  line?: string,
): { id: string } | { reason: string } {
  const joined = join(workspace.library, workspace.document.content(), from, to, line);
  if ('reason' in joined) return joined;
  workspace.document.edit(() => joined.content, { label: line === undefined ? 'draw line' : 'reconnect line' });
  workspace.session.setState({ connectionTab: 'grants' });
  select(workspace.session, { connections: [joined.id] });
  return { id: joined.id };
}

/** Adds a module and its line to the fixed end as one undoable step; returns the id of the new box. */
export function placeOnLine(
  workspace: Workspace,
  end: LineEnd,
  choice: { module: ModuleDetail; port: string },
  wish: Position,
  line?: string,
): string | undefined {
  const { manifest } = choice.module;
  const before = workspace.document.content();
  const node = newNode(workspace, before, manifest);
  const { from, to } = asLine(end, { node: node.id, port: choice.port });
  const joined = join(workspace.library, edits.placeNode(before, node, wish), from, to, line);
  if ('reason' in joined) return undefined;
  const place = freePlace(workspace.library.catalog, joined.content, node.id);
  workspace.document.edit(() => edits.moveNodes(joined.content, { [node.id]: place }), {
    label: `add ${manifest.title} and a line`,
  });
  rememberModule(workspace.session, manifest.id);
  workspace.session.setState({ nodeTab: 'settings' });
  select(workspace.session, { nodes: [node.id] });
  return node.id;
}

function join(
  library: Library,
  content: DocumentContent,
  from: PortRef,
  to: PortRef,
  line: string | undefined,
): { content: DocumentContent; id: string } | { reason: string } {
  const verdict = canConnect(library.catalog, graphOf(without(content, line)), from, to);
  if (!verdict.ok) return { reason: verdict.reason };
  const moved = line === undefined ? undefined : content.connections[line];
  if (!moved) return edits.connect(content, { from, to, grants: verdict.grants, envPrefix: verdict.envPrefix });
  const { envPrefix: _before, ...rest } = moved;
  const envPrefix = keptPrefix(content, moved, to, verdict);
  const grants = keptGrants(library, content, moved, to, verdict);
  const next: Connection = { ...rest, from, to, grants, ...(envPrefix ? { envPrefix } : {}) };
  return { content: { ...content, connections: { ...content.connections, [moved.id]: next } }, id: moved.id };
}

type Fitting = Extract<ConnectVerdict, { ok: true }>;

/** Of the line's grants those that the new port offers, with what it requires; the least where nothing is left. */
function keptGrants(
  library: Library,
  content: DocumentContent,
  line: Connection,
  to: PortRef,
  verdict: Fitting,
): string[] {
  const consumer = content.nodes[to.node];
  const manifest = consumer && library.catalog.findModule(consumer.module, consumer.version);
  const input = manifest?.inputs[to.port];
  if (!manifest || !input) return verdict.grants;
  const offered = offeredGrants(manifest, input, verdict.contract);
  const kept = new Set([...line.grants.filter((grant) => offered.includes(grant)), ...(input.grants?.required ?? [])]);
  return kept.size > 0 ? [...kept] : verdict.grants;
}

/** The line's prefix, unless the consumer takes no variables or has that prefix from another line. */
function keptPrefix(content: DocumentContent, line: Connection, to: PortRef, verdict: Fitting): string | undefined {
  if (verdict.envPrefix === undefined || line.envPrefix === undefined) return verdict.envPrefix;
  const isTaken = Object.values(content.connections).some(
    (other) =>
      other.id !== line.id &&
      other.to.node === to.node &&
      (other.envPrefix ?? envPrefixOf(other.from.node)) === line.envPrefix,
  );
  return isTaken ? verdict.envPrefix : line.envPrefix;
}

/** Opens the menu with everything that a box's ports, or one of them, may be connected to. */
function openConnectMenu(workspace: Workspace, node: string, end?: LineEnd): void {
  const record = workspace.document.content().nodes[node];
  if (!record) return;
  const sides = ['source', 'target'] as const;
  const all = sides.flatMap((side) =>
    portsOf(workspace.library, record, side).map((port): LineEnd => ({ port: { node, port }, side })),
  );
  workspace.session.setState({ connectMenu: { ends: end ? [end] : all, hasModules: true } });
}

const currentBox = (workspace: Workspace) => {
  const element = currentElement(workspace);
  return element?.kind === 'box' ? element.id : undefined;
};

export const connect: Action = {
  id: 'connect',
  label: 'Connect…',
  group: 'Edit',
  shortcut: 'c',
  menus: ['box'],
  words: 'line draw port',
  isEnabled: (workspace) => currentBox(workspace) !== undefined,
  perform(workspace) {
    const box = currentBox(workspace);
    if (box) openConnectMenu(workspace, box);
  },
};
