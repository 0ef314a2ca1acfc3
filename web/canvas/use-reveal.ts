import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { uncover } from '../actions/groups.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { closeUp } from './fit.ts';

/** Brings the box that somebody asked for into the middle of the canvas. */
export function useReveal(): void {
  const reveal = useSession((state) => state.reveal);
  const workspace = useWorkspace();
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (!reveal) return;
    uncover(workspace, reveal.node);
    const frame = requestAnimationFrame(() => void fitView(closeUp(reveal.node)));
    return () => cancelAnimationFrame(frame);
  }, [reveal, fitView, workspace]);
}
