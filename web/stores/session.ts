import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PortRef, Position } from '../../schemas/generated/types.ts';
import type { ConnectVerdict } from '../../schemas/rules/can-connect.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import type { Renamed } from './pending.ts';
import type { CanvasView, Element, Guide } from './view.ts';

export interface Selection {
  nodes: readonly string[];
  connections: readonly string[];
  groups: readonly string[];
  notes: readonly string[];
}

/** One end of a line: an output port (source) or an input port (target). */
export interface LineEnd {
  port: PortRef;
  side: 'source' | 'target';
}

/** The line that is being drawn: its fixed end, and what the rules say of all others, judged when the drag begins. */
export interface Connecting extends LineEnd {
  /** The line whose other end is being moved; nothing: a new one. */
  line?: string;
  judge(other: PortRef): ConnectVerdict;
  /** The ports that take it, as `node/port`. */
  fits: ReadonlySet<string>;
}

/** What the other end of a line may be, shown as a menu. */
export interface ConnectMenu {
  /** The fixed end, or all ports that may be it. */
  ends: readonly LineEnd[];
  line?: string;
  /** The ports of these boxes are offered; nothing: of all boxes. */
  nodes?: readonly string[];
  /** Modules that would take it are offered too. */
  hasModules: boolean;
  /** Where it opens, in the window; nothing: beside the box of the first end. */
  at?: Position;
  /** Where the free port of a new box goes, on the canvas; nothing: beside the box of the fixed end. */
  place?: Position;
}

export type NodeTab = 'settings' | 'lines' | 'access' | 'plan' | 'runs' | 'runbook' | 'json';
export type EnvironmentTab = 'overview' | 'access';
export type ConnectionTab = 'grants' | 'policy' | 'contract';
export type ThemeChoice = 'light' | 'dark' | 'system';
export type DrawerTab = 'changes' | 'steps';
export type Tool = 'select' | 'lasso' | 'pan';
export type Dialog =
  | 'review'
  | 'create-environment'
  | 'create-project'
  | 'commands'
  | 'add-module'
  | 'shortcuts'
  | 'export'
  | 'health'
  | undefined;
/** What the middle of the page shows: the canvas, the graph's text, or the two side by side. */
export type Pane = 'canvas' | 'both' | 'text';
export type MenuTarget = 'box' | 'selection' | 'line' | 'group' | 'note' | 'canvas';

/** Something on the canvas that a line goes around. */
export interface Obstacle extends Position {
  id: string;
  width: number;
  height: number;
}

export interface SessionState {
  selection: Selection;
  connecting?: Connecting;
  connectMenu?: ConnectMenu;
  /** Why a line was not drawn, and where in the window to say it. */
  hint?: { text: string; x: number; y: number };
  /** Modules that the person marked, and the ones placed last, newest first; both kept in this browser. */
  favourites: readonly string[];
  recentModules: readonly string[];
  /** The step of the tour that is shown. */
  tourStep?: number;
  expanded: Readonly<Record<string, boolean>>;
  tool: Tool;
  theme: ThemeChoice;
  nodeTab: NodeTab;
  connectionTab: ConnectionTab;
  environmentTab: EnvironmentTab;
  /** The box whose access the canvas shows, with the boxes and lines that it goes over. */
  lens?: { focus: string; nodes: Readonly<Record<string, true>>; connections: Readonly<Record<string, true>> };
  isDrawerOpen: boolean;
  /** What the drawer lists: changes by danger, or the tree of steps. */
  drawerTab: DrawerTab;
  /** Height of the drawer in pixels, as the person left it. */
  drawerHeight: number;
  pane: Pane;
  /** How much of the middle the canvas has beside the text, of 1. */
  split: number;
  isPaletteOpen: boolean;
  isInspectorOpen: boolean;
  /** The step whose log alone is shown. */
  logStep?: string;
  /** How often a log was asked for: each time it is shown without what was searched for in the one before. */
  logAsked: number;
  /** A box that the canvas brings into view; a new object asks again. */
  reveal?: { node: string };
  /** The group whose content alone is shown; nothing: the whole environment. */
  openGroup?: string;
  /** The box or group (its name), or the note, that is being edited in its place on the canvas, by its id there. */
  editing?: string;
  /** Boxes on their way to where the document has them already, after a layout. */
  gliding?: ReadonlyMap<string, Position>;
  /** Boxes and collapsed groups on the canvas, which lines go around. */
  obstacles: readonly Obstacle[];
  /** Work that takes longer than a moment, in a sentence, and how to stop it. */
  busy?: { text: string; cancel(): void };
  dialog: Dialog;
  /** The canvas that is on the page. */
  view?: CanvasView;
  /** What the keyboard stands on; nothing while it is elsewhere on the page. */
  focused?: Element;
  /** What screen readers hear of the last thing that happened. */
  announcement: string;
  /** What is looked for on the canvas; `at` is the match that is shown. */
  search?: { query: string; at: number };
  /** While something is looked for: what stays lit. */
  found?: SessionState['lens'];
  /** The open context menu, and where in the window. */
  menu?: { target: MenuTarget; at: Position };
  /** While boxes are dragged: what they are in line with. */
  guides: readonly Guide[];
  /** While copies are dragged out: what stays, by its ids on the canvas. */
  copying?: readonly string[];
  /** The collision of which both versions are shown on the canvas. */
  collision?: string;
}

export type SessionStore = StoreApi<SessionState>;

const THEME_KEY = 'plumbline.theme';
const DRAWER_KEY = 'plumbline.drawer';
const FAVOURITES_KEY = 'plumbline.favourites';
const RECENT_KEY = 'plumbline.recent';
const RECENT_COUNT = 4;
const PANE_KEY = 'plumbline.pane';
const SPLIT_KEY = 'plumbline.split';
const NOTHING: Selection = { nodes: [], connections: [], groups: [], notes: [] };
const KINDS = ['nodes', 'connections', 'groups', 'notes'] as const;

function storedTheme(storage: Pick<Storage, 'getItem'>): ThemeChoice {
  const stored = storage.getItem(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function storedHeight(storage: Pick<Storage, 'getItem'>): number {
  const stored = Number(storage.getItem(DRAWER_KEY));
  return stored >= 120 ? stored : 320;
}

function storedList(storage: Pick<Storage, 'getItem'>, key: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

function storedPane(storage: Pick<Storage, 'getItem'>): Pane {
  const stored = storage.getItem(PANE_KEY);
  return stored === 'both' || stored === 'text' ? stored : 'canvas';
}

function storedSplit(storage: Pick<Storage, 'getItem'>): number {
  const stored = Number(storage.getItem(SPLIT_KEY));
  return stored >= 0.1 && stored <= 0.9 ? stored : 0.55;
}

export function createSessionStore(storage: Pick<Storage, 'getItem' | 'setItem'>, isNarrow = false): SessionStore {
  const store = createStore<SessionState>()(() => ({
    selection: NOTHING,
    expanded: {},
    tool: 'select',
    theme: storedTheme(storage),
    favourites: storedList(storage, FAVOURITES_KEY),
    recentModules: storedList(storage, RECENT_KEY),
    nodeTab: 'settings',
    connectionTab: 'grants',
    environmentTab: 'overview',
    isDrawerOpen: false,
    drawerTab: 'steps',
    logAsked: 0,
    drawerHeight: storedHeight(storage),
    pane: storedPane(storage),
    split: storedSplit(storage),
    isPaletteOpen: !isNarrow,
    isInspectorOpen: !isNarrow,
    dialog: undefined,
    announcement: '',
    guides: [],
    obstacles: [],
  }));
  store.subscribe((state, before) => {
    if (state.theme !== before.theme) storage.setItem(THEME_KEY, state.theme);
    if (state.drawerHeight !== before.drawerHeight) storage.setItem(DRAWER_KEY, String(state.drawerHeight));
    if (state.favourites !== before.favourites) storage.setItem(FAVOURITES_KEY, JSON.stringify(state.favourites));
    if (state.recentModules !== before.recentModules) storage.setItem(RECENT_KEY, JSON.stringify(state.recentModules));
    if (state.pane !== before.pane) storage.setItem(PANE_KEY, state.pane);
    if (state.split !== before.split) storage.setItem(SPLIT_KEY, String(state.split));
  });
  return store;
}

/** On a narrow window the inspector would lie over the text that a person asked for. */
const hidesText = ({ pane }: SessionState) => pane !== 'canvas' && globalThis.innerWidth <= 1180;

/** Selects these and nothing else, and opens the inspector; the same selection keeps its identity. */
export function select(session: SessionStore, selection: Partial<Selection>): void {
  const next: Selection = { ...NOTHING, ...selection };
  const { selection: now, isInspectorOpen } = session.getState();
  const isSome = next.nodes.length + next.connections.length > 0 && !hidesText(session.getState());
  if (KINDS.every((kind) => isSameList(now[kind], next[kind]))) {
    if (isSome && !isInspectorOpen) session.setState({ isInspectorOpen: true });
    return;
  }
  session.setState({ selection: next, isInspectorOpen: isSome || isInspectorOpen });
}

/** Opens the drawer on what one step did and said, whatever it showed before. */
export function showLog(session: SessionStore, logStep: string | undefined): void {
  session.setState(({ logAsked }) => ({
    isDrawerOpen: true,
    drawerTab: 'steps',
    logStep,
    logAsked: logAsked + 1,
  }));
}

/** Puts a module that was placed first among the recent ones. */
export function rememberModule(session: SessionStore, module: string): void {
  session.setState(({ recentModules }) => ({
    recentModules: [module, ...recentModules.filter((other) => other !== module)].slice(0, RECENT_COUNT),
  }));
}

export function toggleFavourite(session: SessionStore, module: string): void {
  session.setState(({ favourites }) => ({
    favourites: favourites.includes(module) ? favourites.filter((other) => other !== module) : [...favourites, module],
  }));
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** How many things are selected. */
export function countSelected(selection: Selection): number {
  return KINDS.reduce((sum, kind) => sum + selection[kind].length, 0);
}

/** Drops from the selection what no longer exists (deleted, undone, or taken away by the server). */
export function keepSelected(session: SessionStore, content: Pick<DocumentContent, keyof Selection>): void {
  const { selection, openGroup } = session.getState();
  if (openGroup !== undefined && !(openGroup in content.groups)) session.setState({ openGroup: undefined });
  const kept = KINDS.map((kind) => [kind, selection[kind].filter((id) => id in content[kind])] as const);
  if (kept.every(([kind, ids]) => ids.length === selection[kind].length)) return;
  session.setState({ selection: { ...selection, ...Object.fromEntries(kept) } });
}

/** Goes on with a record whose id had to change. */
export function renameSelected(session: SessionStore, { collection, from, to }: Renamed): void {
  const { selection, openGroup, editing } = session.getState();
  const rename = (id: string | undefined) => (id === from ? to : id);
  if (collection === 'groups') session.setState({ openGroup: rename(openGroup) });
  if (collection === 'nodes') session.setState({ editing: rename(editing) });
  if (collection === 'positions' || collection === 'members' || !selection[collection].includes(from)) return;
  const ids = selection[collection].map((id) => (id === from ? to : id));
  session.setState({ selection: { ...selection, [collection]: ids } });
}

/** Says what happened, for people who do not see it. */
export function announce(session: SessionStore, text: string): void {
  session.setState({ announcement: text });
}

/** Whether the lens takes in one of several elements that are shown as one; undefined while there is no lens. */
export function lensOfAny(
  lens: SessionState['lens'],
  kind: 'nodes' | 'connections',
  ids: readonly string[],
): 'in' | 'out' | undefined {
  if (!lens) return undefined;
  return ids.some((id) => lens[kind][id]) ? 'in' : 'out';
}

/** Whether the lens looks at an element, takes it in, or leaves it out; undefined while there is no lens. */
export function lensOf(
  lens: SessionState['lens'],
  kind: 'nodes' | 'connections',
  id: string,
): 'focus' | 'in' | 'out' | undefined {
  if (!lens) return undefined;
  if (kind === 'nodes' && id === lens.focus) return 'focus';
  return lens[kind][id] ? 'in' : 'out';
}
