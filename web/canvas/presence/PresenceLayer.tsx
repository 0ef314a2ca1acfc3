import { useStore as useFlow, ViewportPortal } from '@xyflow/react';
import type { CSSProperties } from 'react';
import { CollisionMarks } from './CollisionMarks.tsx';
import { Cursors } from './Cursors.tsx';
import { LineColors, Outlines } from './Outlines.tsx';
import { usePointer } from './use-pointer.ts';

/** Other people on the canvas. */
export function PresenceLayer() {
  const zoom = useFlow((state) => state.transform[2]);
  usePointer();
  return (
    <>
      <ViewportPortal>
        <div className="presence" style={{ '--unzoom': 1 / zoom } as CSSProperties}>
          <Outlines />
          <CollisionMarks />
          <Cursors />
        </div>
      </ViewportPortal>
      <LineColors />
    </>
  );
}
