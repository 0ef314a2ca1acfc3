import type { Brush } from './brush.ts';
import { toScreen, type View } from './brush.ts';
import { bundleStrokes } from './bundles.ts';
import { BUNDLE_BELOW } from './level.ts';
import type { Stroke } from './scene.ts';

/** As React Flow bends its lines, so that they stay where they are when the boxes become real. */
const CURVATURE = 0.3;
export const reachOf = (distance: number) => (distance >= 0 ? distance / 2 : CURVATURE * 25 * Math.sqrt(-distance));

type Ends = Pick<Stroke, 'x1' | 'y1' | 'x2' | 'y2'>;

function trace(path: Path2D, view: View, { x1, y1, x2, y2 }: Ends): void {
  const reach = reachOf(x2 - x1);
  const from = toScreen(view, { x: x1, y: y1 });
  const to = toScreen(view, { x: x2, y: y2 });
  path.moveTo(from.x, from.y);
  path.bezierCurveTo(from.x + reach * view.zoom, from.y, to.x - reach * view.zoom, to.y, to.x, to.y);
}

/** One path for each hue: a path is set up once, however many lines it has. */
function byColor<T extends Ends & { color: string }>(view: View, lines: readonly T[]): Map<string, Path2D> {
  const paths = new Map<string, Path2D>();
  for (const line of lines) {
    const path = paths.get(line.color) ?? new Path2D();
    paths.set(line.color, path);
    trace(path, view, line);
  }
  return paths;
}

const MANY = 250;

/** Of lines that the lens leaves out: so many parts of a hundred of their hue. */
const BACK_SHARE = 16;

/** The lines of the picture: thin and quiet, the more of them the quieter, and quietest where they step back; far out in bundles. */
export function paintLines(brush: Brush, strokes: readonly Stroke[], isBack = false): void {
  const { context, view, colors } = brush;
  const isBundled = view.zoom < BUNDLE_BELOW;
  const { bundles, alone } = isBundled ? bundleStrokes(strokes, view.zoom) : { bundles: [], alone: strokes };
  const share = isBack ? BACK_SHARE : alone.length > MANY ? 50 : 75;
  context.lineWidth = 1;
  for (const [color, path] of byColor(view, alone)) {
    context.strokeStyle = colors.mix(color, share, 'canvas');
    context.stroke(path);
  }
  for (const bundle of bundles) {
    const path = new Path2D();
    trace(path, view, bundle);
    context.lineWidth = Math.min(5, 0.75 + Math.log2(bundle.count));
    context.strokeStyle = colors.mix(bundle.color, isBack ? BACK_SHARE : 45, 'canvas');
    context.stroke(path);
  }
}

/** Lines that somebody looks at: in full colour, with a dot at each end. */
export function paintLitLines({ context, view, colors }: Brush, strokes: readonly Stroke[], color?: string): void {
  context.lineWidth = 1.75;
  for (const [hue, path] of byColor(view, strokes)) {
    context.strokeStyle = colors.of(color ?? hue);
    context.stroke(path);
  }
  for (const stroke of strokes) {
    context.fillStyle = colors.of(color ?? stroke.color);
    for (const place of [
      { x: stroke.x1, y: stroke.y1 },
      { x: stroke.x2, y: stroke.y2 },
    ]) {
      const { x, y } = toScreen(view, place);
      context.beginPath();
      context.arc(x, y, 2.5, 0, 2 * Math.PI);
      context.fill();
    }
  }
}
