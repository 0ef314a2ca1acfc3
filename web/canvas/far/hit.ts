import type { Position } from '../../../schemas/generated/types.ts';
import { reachOf } from './paint-lines.ts';
import type { Scene, Shape, Stroke } from './scene.ts';

/** What the pointer is at; frames of groups let it through. */
export function shapeAt(scene: Scene, place: Position): Shape | undefined {
  return scene.index.at(place).find(({ kind }) => kind !== 'frame');
}

const SAMPLES = 24;

function distanceTo({ x1, y1, x2, y2 }: Stroke, { x, y }: Position): number {
  const reach = reachOf(x2 - x1);
  let nearest = Infinity;
  for (let step = 0; step <= SAMPLES; step++) {
    const t = step / SAMPLES;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const at = { x: a * x1 + b * (x1 + reach) + c * (x2 - reach) + d * x2, y: (a + b) * y1 + (c + d) * y2 };
    nearest = Math.min(nearest, Math.hypot(at.x - x, at.y - y));
  }
  return nearest;
}

/** The line that passes nearest to a place, no farther away than `reach`. */
export function strokeAt(scene: Scene, place: Position, reach: number): Stroke | undefined {
  let best: { stroke: Stroke; distance: number } | undefined;
  for (const stroke of scene.strokes) {
    const bulge = reachOf(stroke.x2 - stroke.x1) + reach;
    if (place.x < Math.min(stroke.x1, stroke.x2) - bulge || place.x > Math.max(stroke.x1, stroke.x2) + bulge) continue;
    if (place.y < Math.min(stroke.y1, stroke.y2) - reach || place.y > Math.max(stroke.y1, stroke.y2) + reach) continue;
    const distance = distanceTo(stroke, place);
    if (distance <= reach + Math.hypot(stroke.x2 - stroke.x1, stroke.y2 - stroke.y1) / (SAMPLES * 4)) {
      if (!best || distance < best.distance) best = { stroke, distance };
    }
  }
  return best?.stroke;
}
