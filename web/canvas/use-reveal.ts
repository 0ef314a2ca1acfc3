import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useSession } from '../stores/use-workspace.ts';

/** Brings the box that somebody asked for into the middle of the canvas. */
export function useReveal(): void {
  const reveal = useSession((state) => state.reveal);
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (reveal) void fitView({ nodes: [{ id: reveal.node }], maxZoom: 1, minZoom: 0.6, duration: 180 });
  }, [reveal, fitView]);
}
