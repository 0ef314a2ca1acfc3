import type { Viewport } from '@xyflow/react';
import { type RefObject, useEffect, useState } from 'react';

const REST_MS = 150;
const HELD = '.react-flow__pane.dragging';

function createMark(frame: RefObject<HTMLElement | null>) {
  let zoom: number | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(rest);
    if (frame.current) delete frame.current.dataset.panning;
  };
  // Whoever holds the canvas still goes on with it.
  const settle = () => (frame.current?.querySelector(HELD) ? settleSoon() : stop());
  const settleSoon = () => {
    clearTimeout(rest);
    rest = setTimeout(settle, REST_MS);
  };
  const follow = (viewport: Viewport) => {
    const isPanned = viewport.zoom === zoom;
    zoom = viewport.zoom;
    if (!isPanned) return stop();
    settleSoon();
    if (frame.current && !frame.current.dataset.panning) frame.current.dataset.panning = 'true';
  };
  return { follow, stop };
}

/**
 * Marks the canvas while its view is moved and not zoomed: the style then keeps what is painted on a layer of its own, which is moved
 * instead of painted anew in every frame. At rest there is no such layer, because it would stay blurred when the zoom changes.
 */
export function usePanning(frame: RefObject<HTMLElement | null>): (viewport: Viewport) => void {
  const [mark] = useState(() => createMark(frame));
  useEffect(() => mark.stop, [mark]);
  return mark.follow;
}
