import { useReactFlow } from '@xyflow/react';
import type { DragEvent } from 'react';
import { placeModule } from '../actions/edit.ts';
import { useWorkspace } from '../stores/use-workspace.ts';
import { MODULE_DRAG_TYPE } from '../ui/drag-type.ts';
import { BOX_WIDTH, HEADER } from './geometry.ts';
import { readFlowId } from './groups/flow-id.ts';

/** The collapsed group that something is dropped on. */
function foldedGroupAt(target: EventTarget): string | undefined {
  if (!(target instanceof Element) || !target.closest('.folded')) return undefined;
  const { kind, id } = readFlowId(target.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? '');
  return kind === 'group' ? id : undefined;
}

/** Lets a module be dropped from the palette: the box lands with its header under the pointer, or in the group that is collapsed there. */
export function useDropModule() {
  const workspace = useWorkspace();
  const { screenToFlowPosition } = useReactFlow();
  return {
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(MODULE_DRAG_TYPE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop(event: DragEvent) {
      const id = event.dataTransfer.getData(MODULE_DRAG_TYPE);
      if (!id) return;
      event.preventDefault();
      const place = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const group = foldedGroupAt(event.target);
      placeModule(workspace, id, { x: place.x - BOX_WIDTH / 2, y: place.y - HEADER / 2 }, group);
    },
  };
}
