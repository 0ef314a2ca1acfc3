import type { FitViewOptions } from '@xyflow/react';

const beside = (covered: number) =>
  ({ top: '28px', right: `${28 + covered}px`, bottom: '62px', left: '28px' }) as const;

/** Everything in view, clear of the toolbar below. */
export const FIT: FitViewOptions = {
  padding: beside(0),
  maxZoom: 1,
  // From afar boxes are painted, and hidden to React Flow.
  includeHiddenNodes: true,
};

/** How many pixels of the canvas's right side lie under the inspector: none but in a narrow window. */
export function coveredWidth(): number {
  const canvas = document.querySelector('.canvas')?.getBoundingClientRect();
  const panel = document.querySelector('.inspector')?.getBoundingClientRect();
  return canvas && panel ? Math.max(0, canvas.right - Math.max(canvas.left, panel.left)) : 0;
}

/** `FIT` as things stand, beside a panel that lies over the canvas. */
export const fitNow = (): FitViewOptions => ({ ...FIT, padding: beside(coveredWidth()) });

/** How long the view moves, in milliseconds: not at all for people who asked for that. */
export const motion = (ms: number): number => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms);

/** One box, near enough to be read. */
export const closeUp = (id: string): FitViewOptions => ({
  nodes: [{ id }],
  maxZoom: 1,
  minZoom: 0.6,
  duration: motion(180),
  includeHiddenNodes: true,
  padding: { right: `${coveredWidth()}px` },
});
