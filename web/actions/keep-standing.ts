import type { Position } from '../../schemas/generated/types.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import type { Element } from '../stores/view.ts';
import type { Workspace } from '../stores/workspace.ts';
import { COLLECTION, drawn } from './walk.ts';

/** About where a thing stands: a line where it begins, a group where the first of its boxes does. */
function placeOf(content: DocumentContent, { kind, id }: Element): Position | undefined {
  const { positions, notes, connections, members } = content;
  if (kind === 'note') return notes[id];
  if (kind === 'line') return positions[connections[id]?.from.node ?? ''];
  return positions[kind === 'box' ? id : (Object.keys(members).find((node) => members[node] === id) ?? '')];
}

function nearestBox({ nodes, positions }: DocumentContent, to: Position): string | undefined {
  let best: { id: string; distance: number } | undefined;
  for (const id in nodes) {
    const at = positions[id];
    const distance = at ? Math.hypot(at.x - to.x, at.y - to.y) : Infinity;
    if (!best || distance < best.distance) best = { id, distance };
  }
  return best?.id;
}

/**
 * Where what the keyboard stands on goes (deleted, taken back, taken away by somebody else), it stands on the nearest box then, and on
 * the canvas itself where none is left: on nothing, Tab would begin with the page. Returns how to stop.
 */
export function keepStanding(workspace: Workspace): () => void {
  const { document, session } = workspace;
  return document.store.subscribe((now, before) => {
    const { focused, view } = session.getState();
    if (!focused || focused.id in now[COLLECTION[focused.kind]]) return;
    const next = nearestBox(now, placeOf(before, focused) ?? { x: 0, y: 0 });
    view?.focus(next === undefined ? undefined : drawn(workspace, { kind: 'box', id: next }));
  });
}
