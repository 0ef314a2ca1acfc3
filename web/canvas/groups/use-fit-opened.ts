import { useReactFlow, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useSession } from '../../stores/use-workspace.ts';
import { fitNow } from '../fit.ts';

/** A group that is entered fills the view; leaving it comes back to where one was. */
export function useFitOpened(): void {
  const openGroup = useSession((state) => state.openGroup);
  const { fitView, getViewport, setViewport } = useReactFlow();
  const before = useRef<Viewport>(undefined);
  useEffect(() => {
    if (openGroup === undefined) {
      if (before.current) void setViewport(before.current);
      before.current = undefined;
      return;
    }
    before.current ??= getViewport();
    const frame = requestAnimationFrame(() => void fitView(fitNow()));
    return () => cancelAnimationFrame(frame);
  }, [openGroup, fitView, getViewport, setViewport]);
}
