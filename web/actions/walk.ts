import { flowIdOf, readFlowId } from '../canvas/groups/flow-id.ts';
import { boxRects } from '../canvas/select/box-rects.ts';
import { type Direction, firstRect, nearestRect } from '../canvas/select/nearest.ts';
import { standingRects } from '../canvas/select/standing-rects.ts';
import { type Selection, select } from '../stores/session.ts';
import type { Element } from '../stores/view.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';

export const COLLECTION = {
  box: 'nodes',
  line: 'connections',
  group: 'groups',
  note: 'notes',
} as const satisfies Record<Element['kind'], keyof Selection>;
const KINDS = Object.keys(COLLECTION) as Element['kind'][];

/** The selection of one thing. */
export const only = ({ kind, id }: Element): Partial<Selection> => ({ [COLLECTION[kind]]: [id] });

/** What the keyboard stands on, else the one thing that is selected. */
export function currentElement({ session, document }: Workspace): Element | undefined {
  const { focused, selection } = session.getState();
  if (focused && focused.id in document.content()[COLLECTION[focused.kind]]) return focused;
  const [first, ...others] = KINDS.flatMap((kind) => selection[COLLECTION[kind]].map((id) => ({ kind, id })));
  return others.length === 0 ? first : undefined;
}

/** Where it is not drawn, the collapsed group that a box is in stands for it. */
export function drawn(workspace: Workspace, element: Element): Element {
  if (element.kind !== 'box' || boxRects(workspace).has(element.id)) return element;
  const group = workspace.document.content().members[element.id];
  return group !== undefined && standingRects(workspace).has(flowIdOf({ kind: 'group', id: group }))
    ? { kind: 'group', id: group }
    : element;
}

/** Selects a thing on the canvas and gives it the keyboard. */
export function goTo(workspace: Workspace, wish: Element): void {
  const element = drawn(workspace, wish);
  select(workspace.session, only(element));
  workspace.session.getState().view?.focus(element);
}

function elementOf(flow: string | undefined): Element | undefined {
  const { kind, id } = readFlowId(flow ?? '');
  return flow === undefined || kind === 'stub' || kind === 'bundle' ? undefined : { kind, id };
}

/** Where the keyboard begins when it comes to the canvas. */
export function entry(workspace: Workspace): Element | undefined {
  const rects = standingRects(workspace);
  const { selection } = workspace.session.getState();
  const selected = KINDS.flatMap((kind) => selection[COLLECTION[kind]].map((id) => ({ kind, id })));
  return (
    selected.find((element) => element.kind === 'line' || rects.has(flowIdOf(element))) ?? elementOf(firstRect(rects))
  );
}

/** Lines that begin (or end) where a line does, from the top of the canvas to its bottom at their other end. */
function siblings(workspace: Workspace, id: string): string[] {
  const { connections } = workspace.document.content();
  const line = connections[id];
  if (!line) return [];
  const { walkedFrom } = walks.get(workspace) ?? {};
  const end = walkedFrom === line.to.node ? 'to' : 'from';
  return linesAt(workspace, line[end].node, end);
}

function linesAt(workspace: Workspace, node: string, end: 'from' | 'to'): string[] {
  const rects = boxRects(workspace);
  const other = end === 'from' ? 'to' : 'from';
  return Object.values(workspace.document.content().connections)
    .filter((line) => line[end].node === node)
    .sort((a, b) => (rects.get(a[other].node)?.y ?? 0) - (rects.get(b[other].node)?.y ?? 0))
    .map(({ id }) => id);
}

/** From which box the keyboard went onto a line: up and down then go through the lines of that box. */
const walks = new WeakMap<Workspace, { walkedFrom: string }>();

function walking(direction: 'left' | 'right' | 'up' | 'down', by: Direction): Action {
  return {
    id: `walk-${direction}`,
    label: `Next ${direction === 'left' || direction === 'right' ? `on the ${direction}` : direction}`,
    group: 'Select',
    shortcut: `arrow${direction}`,
    scope: 'canvas',
    isKeyOnly: true,
    isEnabled: (workspace) => standingRects(workspace).size > 0,
    perform(workspace) {
      const from = currentElement(workspace);
      const next = from?.kind === 'line' ? stepAside(workspace, from.id, by) : stepOver(workspace, from, by);
      if (next) goTo(workspace, next);
    },
  };
}

function stepOver(workspace: Workspace, from: Element | undefined, by: Direction): Element | undefined {
  if (!from) return entry(workspace);
  return elementOf(nearestRect(standingRects(workspace), flowIdOf(from), by));
}

/** On a line: up and down go to its neighbours, left and right to its ends. */
function stepAside(workspace: Workspace, id: string, [dx, dy]: Direction): Element | undefined {
  const line = workspace.document.content().connections[id];
  if (!line) return undefined;
  if (dx !== 0) return { kind: 'box', id: dx < 0 ? line.from.node : line.to.node };
  const all = siblings(workspace, id);
  const next = all[all.indexOf(id) + dy];
  return next === undefined ? undefined : { kind: 'line', id: next };
}

function following(end: 'from' | 'to', label: string, shortcut: string): Action {
  return {
    id: `follow-${end}`,
    label,
    group: 'Select',
    shortcut,
    isKeyOnly: true,
    isEnabled: (workspace) => currentElement(workspace) !== undefined,
    perform(workspace) {
      const at = currentElement(workspace);
      if (at?.kind === 'line') {
        const line = workspace.document.content().connections[at.id];
        if (line) goTo(workspace, { kind: 'box', id: line[end === 'from' ? 'to' : 'from'].node });
        return;
      }
      const [first] = at?.kind === 'box' ? linesAt(workspace, at.id, end) : [];
      if (!at || first === undefined) return;
      walks.set(workspace, { walkedFrom: at.id });
      goTo(workspace, { kind: 'line', id: first });
    },
  };
}

export const WALK_ACTIONS: readonly Action[] = [
  walking('left', [-1, 0]),
  walking('right', [1, 0]),
  walking('up', [0, -1]),
  walking('down', [0, 1]),
  following('from', 'Along a line that goes out', ']'),
  following('to', 'Along a line that comes in', '['),
];
