import type { Workspace } from '../../stores/workspace.ts';
import { BOX_WIDTH } from '../geometry.ts';
import { boxRects } from '../select/box-rects.ts';
import type { Rects } from '../select/rect.ts';
import { flowId } from './flow-id.ts';
import { foldDocument } from './fold-document.ts';
import { type Area, foldedPlace, frameAround } from './frames.ts';
import { foldedHeight } from './group-elements.ts';
import { restingPlaces } from './places.ts';

/** Where everything on the canvas stands and how large it is drawn, by its id there: boxes, frames, collapsed groups, notes. */
export function drawnAreas(workspace: Workspace): Rects {
  const { document, library, session } = workspace;
  const content = document.content();
  const { openGroup } = session.getState();
  const boxes = boxRects(workspace);
  const areas = new Map<string, Area>(boxes);
  const { frames, folded } = foldDocument(library.catalog, content, openGroup);
  for (const { id, boxes: inside } of frames) {
    const area = frameAround(inside.flatMap((box) => boxes.get(box) ?? []));
    if (area) areas.set(flowId('group', id), area);
  }
  const rest = restingPlaces(content);
  for (const view of folded) {
    const place = foldedPlace(view.boxes.flatMap((box) => rest[box] ?? []));
    if (place) areas.set(flowId('group', view.id), { ...place, width: BOX_WIDTH, height: foldedHeight(view) });
  }
  if (openGroup !== undefined) return areas;
  for (const [id, { x, y, width, height }] of Object.entries(content.notes))
    areas.set(flowId('note', id), { x, y, width, height });
  return areas;
}
