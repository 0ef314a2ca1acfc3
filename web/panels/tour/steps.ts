export interface TourStep {
  /** What it points at: the first of these that is on the page. */
  anchors: readonly string[];
  side: 'right' | 'below';
  title: string;
  text: string;
}

export const STEPS: readonly TourStep[] = [
  {
    anchors: ['.palette'],
    side: 'right',
    title: 'Place modules',
    text: 'Drag a module onto the canvas, or press Enter on it. Rest on one to see what it makes and where it fits.',
  },
  {
    anchors: ['.react-flow__node .port-source .port-dot', '.canvas'],
    side: 'right',
    title: 'Draw lines',
    text: 'Pull a line out of a port: what takes it lights up. Let go on empty canvas and choose what to add there. A line carries settings, and no more permissions than you tick.',
  },
  {
    anchors: ['.top .button.primary', '.top'],
    side: 'below',
    title: 'Plan, then apply',
    text: 'Plan shows on every box what would be created, changed or deleted. Nothing is touched before you have reviewed it.',
  },
];
