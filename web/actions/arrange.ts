import type { Position } from '../../schemas/generated/types.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { restingPlaces } from '../canvas/groups/places.ts';
import { align, distribute, type Side } from '../canvas/select/arrange.ts';
import { rectsOf } from '../canvas/select/box-rects.ts';
import type { Rects } from '../canvas/select/rect.ts';
import { glideAlong } from '../layout/glide.ts';
import { moveNodes, putNote } from '../stores/edits.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';
import { boxesOf } from './groups.ts';

type Place = (rects: Rects) => Record<string, Position>;

const selectedRects = (workspace: Workspace) => rectsOf(workspace, workspace.session.getState().selection.nodes);

function placing(least: number, label: string, place: Place) {
  return {
    label,
    group: 'Arrange' as const,
    isEnabled: ({ session }: Workspace) => session.getState().selection.nodes.length >= least,
    perform(workspace: Workspace) {
      const moved = place(selectedRects(workspace));
      glideAlong(workspace, () =>
        workspace.document.edit((content) => moveNodes(content, moved), { label: label.toLowerCase() }),
      );
    },
  };
}

const aligning = (side: Side, label: string, shortcut: string): Action => ({
  id: `align-${side}`,
  shortcut,
  menus: ['selection'],
  ...placing(2, label, (rects) => align(rects, side)),
});

const distributing = (along: 'x' | 'y', label: string, shortcut: string): Action => ({
  id: `distribute-${along}`,
  shortcut,
  menus: ['selection'],
  words: 'space evenly gaps',
  ...placing(3, label, (rects) => distribute(rects, along)),
});

const STEP = 8;
const LEAP = 40;
let held = 0;

/** Boxes, groups with their boxes, and notes. */
function moveSelected(workspace: Workspace, content: DocumentContent, shift: (place: Position) => Position) {
  const { nodes, groups, notes } = workspace.session.getState().selection;
  const boxes = new Set([...nodes, ...groups.flatMap((group) => boxesOf(workspace, group))]);
  const places = restingPlaces(content);
  const moved = [...boxes].flatMap((id) => {
    const place = places[id];
    return place ? [[id, shift(place)] as const] : [];
  });
  return notes.reduce(
    (now, id) => {
      const note = now.notes[id];
      return note ? putNote(now, id, { ...note, ...shift(note) }) : now;
    },
    moveNodes(content, Object.fromEntries(moved)),
  );
}

/** Moves what is selected; as long as the key is held it is one step of the history. */
function nudging(direction: 'left' | 'right' | 'up' | 'down', by: readonly [x: number, y: number]): Action[] {
  const move = (step: number, modifier: 'mod' | 'shift'): Action => ({
    id: `move-${direction}-${step}`,
    label: `Move ${direction}${step === LEAP ? ' far' : ''}`,
    group: 'Arrange',
    shortcut: `${modifier}+arrow${direction}`,
    scope: 'canvas',
    isKeyOnly: true,
    isEnabled: ({ session }) => {
      const { nodes, groups, notes } = session.getState().selection;
      return nodes.length + groups.length + notes.length > 0;
    },
    perform(workspace, press) {
      if (!press?.repeat) held += 1;
      const edit = { label: 'move', gesture: `move-by-key:${held}` };
      const shift = ({ x, y }: Position) => ({ x: x + by[0] * step, y: y + by[1] * step });
      workspace.document.edit((content) => moveSelected(workspace, content, shift), edit);
    },
  });
  return [move(STEP, 'mod'), move(LEAP, 'shift')];
}

export const ARRANGE_ACTIONS: readonly Action[] = [
  aligning('left', 'Align left', 'alt+a'),
  aligning('centre', 'Align centres', 'alt+h'),
  aligning('right', 'Align right', 'alt+d'),
  aligning('top', 'Align top', 'alt+w'),
  aligning('middle', 'Align middles', 'alt+v'),
  aligning('bottom', 'Align bottom', 'alt+s'),
  distributing('x', 'Distribute horizontally', 'alt+shift+h'),
  distributing('y', 'Distribute vertically', 'alt+shift+v'),
  ...nudging('left', [-1, 0]),
  ...nudging('right', [1, 0]),
  ...nudging('up', [0, -1]),
  ...nudging('down', [0, 1]),
];
