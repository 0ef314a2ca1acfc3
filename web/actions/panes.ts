import type { Pane, SessionStore } from '../stores/session.ts';
import type { Action } from './action.ts';

/** Narrower than this, the palette makes room for the text. */
const ROOMY = 1700;

/** At most this wide, the inspector lies over what is beside it. */
const NARROW = 1180;

/** Shows the canvas, the text, or both. Panels fold where the two would be cramped; the palette comes back with the canvas. */
export function showPane(session: SessionStore, pane: Pane): void {
  const before = session.getState();
  if (pane === before.pane) return;
  const { innerWidth } = window;
  const isInspectorOpen = before.isInspectorOpen && (pane === 'canvas' || innerWidth > NARROW);
  const isCramped = before.pane === 'canvas' && innerWidth < ROOMY;
  const isPaletteOpen = pane === 'canvas' ? innerWidth > NARROW : before.isPaletteOpen && !isCramped;
  session.setState({ pane, isInspectorOpen, isPaletteOpen });
}

function paneAction(pane: Pane, label: string, words: string): Action {
  return {
    id: `show-${pane}`,
    label,
    group: 'Page',
    words,
    isEnabled: ({ session }) => session.getState().pane !== pane,
    perform: ({ session }) => showPane(session, pane),
  };
}

const NEXT: Record<Pane, Pane> = { canvas: 'both', both: 'text', text: 'canvas' };

const nextPane: Action = {
  id: 'next-pane',
  label: 'Canvas, both or text',
  group: 'Page',
  shortcut: 'mod+\\',
  inFields: true,
  words: 'switch view split code json',
  isEnabled: () => true,
  perform: ({ session }) => showPane(session, NEXT[session.getState().pane]),
};

export const PANE_ACTIONS = {
  canvas: paneAction('canvas', 'Show the canvas', 'picture graph view'),
  both: paneAction('both', 'Show canvas and text', 'split side by side code json view'),
  text: paneAction('text', 'Show the text', 'code json editor view'),
  nextPane,
};
