import type { KeyboardEvent, PointerEvent } from 'react';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';

const LEAST = 120;
const STEP = 32;
const most = () => Math.round(window.innerHeight * 0.7);
const within = (height: number) => Math.min(most(), Math.max(LEAST, Math.round(height)));

/** The upper edge of the drawer: dragged, or moved by arrow keys. */
export function DrawerEdge() {
  const { session } = useWorkspace();
  const height = useSession((state) => state.drawerHeight);
  const set = (wish: number) => session.setState({ drawerHeight: within(wish) });
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const { currentTarget: edge, pointerId, clientY } = event;
    const start = height;
    edge.setPointerCapture(pointerId);
    const move = (moved: globalThis.PointerEvent) => set(start + clientY - moved.clientY);
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  const key = (event: KeyboardEvent) => {
    const { key: pressed } = event;
    const by = pressed === 'ArrowUp' ? STEP : pressed === 'ArrowDown' ? -STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    set(height + by);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a separator that moves has no element of its own.
    <div
      className="drawer-edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the run panel"
      aria-valuemin={LEAST}
      aria-valuemax={most()}
      aria-valuenow={height}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={key}
    />
  );
}
