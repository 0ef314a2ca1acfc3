import { canConnect } from '../../schemas/rules/can-connect.ts';
import { type DocumentContent, graphOf } from '../../schemas/rules/content.ts';
import * as edits from '../stores/edits.ts';
import { select } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { StartingPoint } from './starting-points.ts';

/** Whether every module that it needs is published here. */
export function canStartWith(workspace: Workspace, start: StartingPoint): boolean {
  return start.boxes.every((box) => workspace.library.module(box.module));
}

/** Draws a starting point as one undoable step. */
export function startWith(workspace: Workspace, start: StartingPoint): void {
  workspace.document.edit((content) => drawn(workspace, start, content), { label: `start with ${start.title}` });
  select(workspace.session, {});
  // Once it is drawn.
  requestAnimationFrame(() => workspace.session.getState().view?.fit());
}

function drawn(workspace: Workspace, start: StartingPoint, content: DocumentContent): DocumentContent {
  const ids = new Map<string, string>();
  let now = content;
  for (const box of start.boxes) {
    const manifest = workspace.library.module(box.module)?.manifest;
    if (!manifest) continue;
    const id = edits.freeId(now.nodes, box.name);
    ids.set(box.key, id);
    const preset = Object.keys(manifest.presets)[0];
    now = edits.placeNode(
      now,
      { id, name: box.name, module: box.module, version: `^${manifest.version}`, ...(preset ? { preset } : {}) },
      { x: box.x, y: box.y },
    );
  }
  for (const line of start.lines) {
    const from = { node: ids.get(line.from[0]) ?? '', port: line.from[1] };
    const to = { node: ids.get(line.to[0]) ?? '', port: line.to[1] };
    const verdict = canConnect(workspace.library.catalog, graphOf(now), from, to);
    if (verdict.ok)
      now = edits.connect(now, { from, to, grants: verdict.grants, envPrefix: verdict.envPrefix }).content;
  }
  return now;
}
