import type { FitViewOptions } from '@xyflow/react';

/** Everything in view, clear of the toolbar below. */
export const FIT: FitViewOptions = {
  padding: { top: '28px', right: '28px', bottom: '62px', left: '28px' },
  maxZoom: 1,
  // From afar boxes are painted, and hidden to React Flow.
  includeHiddenNodes: true,
};

/** How long the view moves, in milliseconds: not at all for people who asked for that. */
export const motion = (ms: number): number => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms);

/** One box, near enough to be read. */
export const closeUp = (id: string): FitViewOptions => ({
  nodes: [{ id }],
  maxZoom: 1,
  minZoom: 0.6,
  duration: motion(180),
  includeHiddenNodes: true,
});
