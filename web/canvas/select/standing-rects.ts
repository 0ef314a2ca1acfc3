import type { Workspace } from '../../stores/workspace.ts';
import { drawnAreas } from '../groups/drawn-areas.ts';
import { flowId } from '../groups/flow-id.ts';
import { TITLE_BAR } from '../groups/frames.ts';
import type { Rects } from './rect.ts';

/**
 * Everything that the keyboard can stand on, by its id on the canvas: boxes, collapsed groups, notes, and of a group that is not
 * collapsed its title bar, which lies above its boxes.
 */
export function standingRects(workspace: Workspace): Rects {
  const rects = new Map(drawnAreas(workspace));
  for (const [id, { collapsed }] of Object.entries(workspace.document.content().groups)) {
    const frame = collapsed ? undefined : rects.get(flowId('group', id));
    if (frame) rects.set(flowId('group', id), { ...frame, height: TITLE_BAR });
  }
  return rects;
}
