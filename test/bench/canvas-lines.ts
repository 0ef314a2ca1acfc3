// What the canvas part prints: our page, the bare page in brackets, the goal.
import type { CanvasSample } from './canvas.ts';
import { median } from './measure.ts';
import type { Line } from './run.ts';

const gestures: [key: keyof CanvasSample['frames'], what: string][] = [
  ['panAll', 'panning with everything in view'],
  ['panNear', 'panning near'],
  ['zoomOut', 'zooming out to all'],
  ['dragOne', 'dragging one box'],
  ['dragFifty', 'dragging 50 boxes'],
  ['type', 'typing in a form'],
];
/** Frames per second at 5,000 boxes are promised for panning alone. */
const goalsAtMost = { ready: '1.2 s', heap: '150 MB', paint: '16 ms' };

export function canvasLines(samples: readonly CanvasSample[]): Line[] {
  return [...new Set(samples.map(({ boxes }) => boxes))].flatMap((boxes) => {
    const of = (page: CanvasSample['page'], take: (sample: CanvasSample) => number) =>
      median(samples.filter((sample) => sample.boxes === boxes && sample.page === page).map(take));
    const both = (take: (sample: CanvasSample) => number, show: (value: number) => string) =>
      `${show(of('plumbline', take))} (bare ${show(of('bare', take))})`;
    const isLarge = boxes > 1_000;
    const goal = (text: string) => (isLarge ? 'none' : text);
    const size = `${boxes} boxes`;
    const frames = gestures.map(([key, what]): Line => {
      const rate = both(
        (sample) => sample.frames[key].fps,
        (value) => value.toFixed(0),
      );
      const late = of('plumbline', (sample) => sample.frames[key].p95);
      return {
        what: `${size}: frames, ${what}`,
        got: `${rate}, 95 of 100 within ${late.toFixed(0)} ms`,
        goal: isLarge ? (key.startsWith('pan') ? '50' : 'none') : '55',
      };
    });
    const paint = both(
      (sample) => Math.max(sample.frames.dragOne.paint, sample.frames.type.paint),
      (value) => `${value.toFixed(1)} ms`,
    );
    const key = both(
      (sample) => sample.keyMilliseconds,
      (value) => `${value.toFixed(1)} ms`,
    );
    const ready = both(
      (sample) => sample.readyMilliseconds / 1000,
      (value) => `${value.toFixed(2)} s`,
    );
    const heap = both(
      (sample) => sample.heapMegabytes,
      (value) => `${value.toFixed(0)} MB`,
    );
    return [
      { what: `${size}: ready`, got: ready, goal: goal(goalsAtMost.ready) },
      ...frames,
      { what: `${size}: an edit, from pointer to paint, frame waited`, got: paint, goal: goal(goalsAtMost.paint) },
      { what: `${size}: an edit, work until it is shown`, got: key, goal: goal(goalsAtMost.paint) },
      { what: `${size}: heap`, got: heap, goal: goal(goalsAtMost.heap) },
    ];
  });
}
