import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PortRef } from '../../schemas/generated/types.ts';

export interface Selection {
  nodes: readonly string[];
  connections: readonly string[];
}

export interface Connecting {
  port: PortRef;
  /** Which end is fixed: an output port (source) or an input port (target). */
  side: 'source' | 'target';
}

export type NodeTab = 'settings' | 'lines' | 'access' | 'plan' | 'runs' | 'runbook';
export type ConnectionTab = 'grants' | 'policy' | 'contract';
export type ThemeChoice = 'light' | 'dark' | 'system';
export type Tool = 'select' | 'pan';
export type Dialog = 'review' | 'create-environment' | 'create-project' | undefined;

export interface SessionState {
  selection: Selection;
  connecting?: Connecting;
  /** Why the port under the pointer does not take the line, and where to say it. */
  hint?: { text: string; x: number; y: number };
  expanded: Readonly<Record<string, boolean>>;
  tool: Tool;
  theme: ThemeChoice;
  nodeTab: NodeTab;
  connectionTab: ConnectionTab;
  isDrawerOpen: boolean;
  isPaletteOpen: boolean;
  isInspectorOpen: boolean;
  logStep?: string;
  /** A box that the canvas brings into view; a new object asks again. */
  reveal?: { node: string };
  dialog: Dialog;
}

export type SessionStore = StoreApi<SessionState>;

const THEME_KEY = 'plumbline.theme';
const NOTHING: Selection = { nodes: [], connections: [] };

function storedTheme(storage: Pick<Storage, 'getItem'>): ThemeChoice {
  const stored = storage.getItem(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function createSessionStore(storage: Pick<Storage, 'getItem' | 'setItem'>, isNarrow = false): SessionStore {
  const store = createStore<SessionState>()(() => ({
    selection: NOTHING,
    expanded: {},
    tool: 'select',
    theme: storedTheme(storage),
    nodeTab: 'settings',
    connectionTab: 'grants',
    isDrawerOpen: false,
    isPaletteOpen: !isNarrow,
    isInspectorOpen: !isNarrow,
    dialog: undefined,
  }));
  store.subscribe((state, before) => {
    if (state.theme !== before.theme) storage.setItem(THEME_KEY, state.theme);
  });
  return store;
}

/** Selects these and nothing else, and opens the inspector; the same selection keeps its identity. */
export function select(session: SessionStore, selection: Partial<Selection>): void {
  const next: Selection = { nodes: selection.nodes ?? [], connections: selection.connections ?? [] };
  const { selection: now, isInspectorOpen } = session.getState();
  const isSome = next.nodes.length + next.connections.length > 0;
  if (isSameList(now.nodes, next.nodes) && isSameList(now.connections, next.connections)) {
    if (isSome && !isInspectorOpen) session.setState({ isInspectorOpen: true });
    return;
  }
  session.setState({ selection: next, isInspectorOpen: isSome || isInspectorOpen });
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Drops from the selection what no longer exists (deleted, undone, or taken away by the server). */
export function keepSelected(session: SessionStore, exists: { node(id: string): boolean; line(id: string): boolean }) {
  const { selection } = session.getState();
  const nodes = selection.nodes.filter(exists.node);
  const connections = selection.connections.filter(exists.line);
  if (nodes.length === selection.nodes.length && connections.length === selection.connections.length) return;
  session.setState({ selection: { nodes, connections } });
}
