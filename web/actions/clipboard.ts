import type { Layout, Position } from '../../schemas/generated/types.ts';
import { contentOf } from '../../schemas/rules/content.ts';
import { drawnAreas } from '../canvas/groups/drawn-areas.ts';
import { flowId } from '../canvas/groups/flow-id.ts';
import { restingPlaces } from '../canvas/groups/places.ts';
import { rectsOfContent } from '../canvas/select/box-rects.ts';
import { freeShift } from '../canvas/select/free-place.ts';
import { boundsOf } from '../canvas/select/rect.ts';
import * as clipboard from '../stores/clipboard.ts';
import { type Clipping, clip, clippingText, shifted, type Taken, withBoxesOfGroups } from '../stores/clipping.ts';
import { removeElements } from '../stores/edits.ts';
import { announce, select } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';
import { plural } from '../ui/format.ts';
import { notifyNote, notifyProblem } from '../ui/notify.tsx';
import type { Action } from './action.ts';

/** Beside the text of a bare graph, which holds no pixels: where its boxes stood, and in which environment its secrets are sealed. */
interface Aside {
  text: string;
  scope: string;
  places: Layout['nodes'];
}

const STORAGE_KEY = 'plumbline.clipboard';
const GRID = 8;
const scopeOf = ({ scope }: Workspace) => `${scope.project}/${scope.environment}`;
const selected = ({ session, document }: Workspace): Taken =>
  withBoxesOfGroups(document.content(), session.getState().selection);

function hasSome({ session }: Workspace): boolean {
  const { nodes, groups, notes } = session.getState().selection;
  return nodes.length + groups.length + notes.length > 0;
}

/** `2 boxes, 1 group` */
function describe({ nodes, groups, notes }: Taken): string {
  const parts = [
    nodes.length > 0 && plural(nodes.length, 'box', 'boxes'),
    groups.length > 0 && plural(groups.length, 'group'),
    notes.length > 0 && plural(notes.length, 'note'),
  ];
  return parts.filter(Boolean).join(', ');
}

function readAside(text: string): Aside | undefined {
  try {
    const aside = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null') as Aside | null;
    return aside?.text === text ? aside : undefined;
  } catch {
    return undefined;
  }
}

function writeAside(aside: Aside): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(aside));
  } catch {
    // A full storage costs the places: what is pasted is then laid out anew.
  }
}

/** The selection as text for the clipboard. */
function copySelection(workspace: Workspace): string {
  const content = workspace.document.content();
  const clipping = clip(content, selected(workspace), restingPlaces(content));
  const text = clippingText(workspace.library.catalog, clipping);
  writeAside({ text, scope: scopeOf(workspace), places: clipping.layout.nodes });
  announce(workspace.session, `${describe(selected(workspace))} copied`);
  return text;
}

function cutSelection(workspace: Workspace): string {
  const text = copySelection(workspace);
  const taken = selected(workspace);
  workspace.document.edit((content) => removeElements(content, taken), { label: `cut ${describe(taken)}` });
  return text;
}

/** Every box of a clipping where it stood, or laid out where nobody knows that. */
function placed(workspace: Workspace, { graph, layout }: Clipping, known: Layout['nodes'] = {}) {
  const content = contentOf(graph, { schemaVersion: 1, nodes: { ...known, ...layout.nodes } });
  const rects = new Map(rectsOfContent(workspace.library.catalog, content));
  const places = Object.fromEntries([...rects].map(([id, { x, y }]) => [id, { x, y }]));
  for (const [id, { x, y, width, height }] of Object.entries(layout.notes ?? {}))
    rects.set(flowId('note', id), { x, y, width, height });
  return { clipping: { graph, layout: { ...layout, nodes: places } }, rects };
}

/** Moves what is pasted around the pointer, and a little aside as long as it would hide what stands in the very same place. */
function aim(workspace: Workspace, came: Clipping, aside: Aside | undefined): Clipping {
  const { clipping, rects } = placed(workspace, came, aside?.places);
  const bounds = boundsOf(rects.values());
  if (!bounds) return clipping;
  const at = workspace.session.getState().view?.aim() ?? { x: 0, y: 0 };
  const toGrid = (value: number) => Math.round(value / GRID) * GRID;
  const by = { x: toGrid(at.x - bounds.x - bounds.width / 2), y: toGrid(at.y - bounds.y - bounds.height / 2) };
  const content = workspace.document.content();
  const things = [...Object.values(restingPlaces(content)), ...Object.values(content.notes)];
  const standing = new Set(things.map(({ x, y }) => `${x}/${y}`));
  const isHidden = () => [...rects.values()].some(({ x, y }) => standing.has(`${x + by.x}/${y + by.y}`));
  while (isHidden()) {
    by.x += 3 * GRID;
    by.y += 3 * GRID;
  }
  return shifted(clipping, by);
}

/** An open group shows only its own boxes: what is pasted there joins it. */
function withoutFrames({ graph, layout }: Clipping): Clipping {
  return { graph, layout: { schemaVersion: 1, nodes: layout.nodes } };
}

/** Puts the graph that a text holds onto the canvas, or says why not. */
export function pasteText(workspace: Workspace, text: string): void {
  const { document, library, session } = workspace;
  const aside = readAside(text);
  const sealedHere = JSON.stringify(document.content().nodes);
  const isInside = session.getState().openGroup !== undefined;
  let staying = 0;
  const result = clipboard.paste(document.content(), library.catalog, {
    text,
    arrange: (clipping) => {
      const { groups = {}, notes = {} } = clipping.layout;
      if (isInside) staying = Object.keys(groups).length + Object.keys(notes).length;
      return aim(workspace, isInside ? withoutFrames(clipping) : clipping, aside);
    },
    isOurs: (secret) => aside?.scope === scopeOf(workspace) || sealedHere.includes(JSON.stringify(secret)),
  });
  if (!result.ok) {
    const more = result.reasons.length > 3 ? ` And ${result.reasons.length - 3} more.` : '';
    notifyProblem('The clipboard holds no graph that fits here.', `${result.reasons.slice(0, 3).join(' ')}${more}`);
    return;
  }
  const { nodes, groups, notes } = result;
  document.edit(() => result.content, { label: `paste ${describe(result)}` });
  select(session, { nodes, groups, notes });
  session.setState({ tool: 'select' });
  const told = [
    result.dropped > 0 && `${plural(result.dropped, 'line')} did not fit and stayed behind.`,
    result.secrets.length > 0 &&
      `Secrets do not travel between environments: type those of ${result.secrets.join(', ')}.`,
    staying > 0 && 'A group that is open holds boxes only: groups and notes stayed behind.',
  ].filter(Boolean);
  if (told.length > 0) notifyNote(`Pasted ${describe(result) || 'nothing'}`, told.join(' '));
}

/** Copies things so much farther right and down, as one step, and selects the copies. */
export function duplicateBy(workspace: Workspace, taken: Taken, by: Position): void {
  const { document, library, session } = workspace;
  let copies: Taken | undefined;
  document.edit(
    (content) => {
      const rest = restingPlaces(content);
      const settled = { ...content, positions: rest };
      const added = clipboard.duplicate(settled, library.catalog, taken, (clipping) => shifted(clipping, by));
      copies = { nodes: [...added.ids.values()], groups: added.groups, notes: added.notes };
      return added.content;
    },
    { label: `duplicate ${describe(withBoxesOfGroups(document.content(), taken))}` },
  );
  if (copies) select(session, copies);
}

/** Away from everything that is drawn; copies of boxes whose group stays go into its frame. */
function shiftOfCopies(workspace: Workspace, taken: Taken): Position {
  const { members } = workspace.document.content();
  const areas = new Map(drawnAreas(workspace));
  const ids = [
    ...taken.nodes,
    ...taken.groups.map((id) => flowId('group', id)),
    ...taken.notes.map((id) => flowId('note', id)),
  ];
  const block = ids.flatMap((id) => areas.get(id) ?? []);
  for (const id of taken.nodes) {
    const group = members[id];
    if (group !== undefined && !taken.groups.includes(group)) areas.delete(flowId('group', group));
  }
  return freeShift(areas, block);
}

const CLIPBOARD_IS_SHUT = 'The browser lets this page use the clipboard by the keyboard only';

async function write(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    notifyProblem('Nothing was copied.', `${CLIPBOARD_IS_SHUT}: press Ctrl+C.`);
  }
}

const copy: Action = {
  id: 'copy',
  label: 'Copy',
  group: 'Edit',
  shortcut: 'mod+c',
  byBrowser: true,
  menus: ['box', 'selection', 'group', 'note'],
  words: 'clipboard text',
  isEnabled: hasSome,
  perform: (workspace) => write(copySelection(workspace)),
};

const cut: Action = {
  ...copy,
  id: 'cut',
  label: 'Cut',
  shortcut: 'mod+x',
  async perform(workspace) {
    await write(copySelection(workspace));
    cutSelection(workspace);
  },
};

const pasteHere: Action = {
  id: 'paste',
  label: 'Paste',
  group: 'Edit',
  shortcut: 'mod+v',
  byBrowser: true,
  menus: ['canvas'],
  words: 'clipboard graph text',
  isEnabled: () => true,
  async perform(workspace) {
    const text = await navigator.clipboard?.readText().catch(() => undefined);
    if (text === undefined) notifyProblem('Nothing was pasted.', `${CLIPBOARD_IS_SHUT}: press Ctrl+V.`);
    else pasteText(workspace, text);
  },
};

const duplicateSelection: Action = {
  id: 'duplicate',
  label: 'Duplicate',
  group: 'Edit',
  shortcut: 'mod+d',
  menus: ['box', 'selection', 'group', 'note'],
  words: 'copy clone',
  isEnabled: hasSome,
  perform(workspace) {
    const taken = selected(workspace);
    duplicateBy(workspace, taken, shiftOfCopies(workspace, taken));
    const { selection, view } = workspace.session.getState();
    const [copy] = selection.nodes;
    if (copy !== undefined) view?.show({ kind: 'box', id: copy });
  },
};

export const CLIPBOARD_ACTIONS: readonly Action[] = [cut, copy, pasteHere, duplicateSelection];

/**
 * Copy, cut and paste by key come as the browser's own events, which need no permission. Text that is selected on the page, and fields,
 * stay the browser's. Returns how to stop.
 */
export function listenToClipboard(
  workspace: Workspace,
  isElsewhere: (target: EventTarget | null) => boolean,
): () => void {
  const give = (take: (workspace: Workspace) => string) => (event: ClipboardEvent) => {
    const hasText = window.getSelection()?.isCollapsed === false;
    if (isElsewhere(event.target) || hasText || !hasSome(workspace)) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', take(workspace));
  };
  const [onCopy, onCut] = [give(copySelection), give(cutSelection)];
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain');
    if (isElsewhere(event.target) || !text) return;
    event.preventDefault();
    pasteText(workspace, text);
  };
  window.addEventListener('copy', onCopy);
  window.addEventListener('cut', onCut);
  window.addEventListener('paste', onPaste);
  return () => {
    window.removeEventListener('copy', onCopy);
    window.removeEventListener('cut', onCut);
    window.removeEventListener('paste', onPaste);
  };
}
