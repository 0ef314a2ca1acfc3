import { type Area, overlaps } from './area-index.ts';
import { areaOnScreen, type Brush, textWidth } from './brush.ts';
import { CARD_WIDTH } from './level.ts';
import type { LookOf } from './looks.ts';
import { setFont } from './paint-shapes.ts';
import type { Scene, Shape } from './scene.ts';

const HEIGHT = 13;
const MOST = 160;
/** Room between names where boxes are too small to be told apart: names then are landmarks, not lists. */
const APART = { x: 12, y: 15 };
const CLOSE = { x: 3, y: 1 };
const SMALL_BOX = 20;
const LONGEST = 22;

const shortened = (name: string) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);

/** Names that are too long for their shapes, where no other name stands: titles of groups, then what asks for attention, then hubs. */
export function paintLabels(brush: Brush, shapes: readonly Shape[], scene: Scene, lookOf: LookOf): void {
  const placed: Area[] = [];
  const isFree = (area: Area) => !placed.some((other) => overlaps(other, area));
  const named = shapes.filter(({ kind }) => kind !== 'note');
  for (const shape of named.filter(({ kind }) => kind === 'frame')) {
    setFont(brush, 600, 12);
    const { x, y } = areaOnScreen(brush.view, shape);
    const name = shortened(lookOf(shape).name);
    const area = { x, y: y - HEIGHT - 3, width: textWidth(brush.context, name) + 8, height: HEIGHT + 2 };
    if (isFree(area)) placed.push(paintLabel(brush, area, name, shape.color));
  }
  if (CARD_WIDTH <= 200 * brush.view.zoom) return;
  setFont(brush, 500, 10.5);
  const gap = 200 * brush.view.zoom < SMALL_BOX ? APART : CLOSE;
  for (const shape of inOrder(named, scene, lookOf)) {
    if (placed.length >= MOST) return;
    const { name: whole, isBack } = lookOf(shape);
    const name = shortened(whole);
    const area = labelArea(brush, shape, name);
    if (
      isFree({ x: area.x - gap.x, y: area.y - gap.y, width: area.width + 2 * gap.x, height: area.height + 2 * gap.y })
    )
      placed.push(paintLabel(brush, area, name, isBack ? 'text-3' : 'text'));
  }
}

function inOrder(shapes: readonly Shape[], scene: Scene, lookOf: LookOf): Shape[] {
  const weight = (shape: Shape) => {
    const { action, state, hasIssue, isBack } = lookOf(shape);
    const isUrgent = action !== undefined || state === 'failed' || state === 'busy' || hasIssue;
    return (scene.degrees.get(shape.id) ?? 0) + (isBack ? -10_000 : isUrgent ? 1000 : 0) + shape.count * 10;
  };
  return shapes
    .filter(({ kind }) => kind !== 'frame')
    .map((shape) => ({ shape, weight: weight(shape) }))
    .sort((a, b) => b.weight - a.weight || a.shape.y - b.shape.y || a.shape.x - b.shape.x)
    .map(({ shape }) => shape);
}

function labelArea(brush: Brush, shape: Shape, name: string): Area {
  const { x, y, width, height } = areaOnScreen(brush.view, shape);
  const wide = textWidth(brush.context, name) + 6;
  return { x: x + width / 2 - wide / 2, y: y + height - HEIGHT / 2, width: wide, height: HEIGHT };
}

function paintLabel({ context, colors }: Brush, area: Area, name: string, color: string): Area {
  context.fillStyle = colors.of('canvas');
  context.globalAlpha = 0.86;
  context.beginPath();
  context.roundRect(area.x, area.y, area.width, area.height, 3);
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = colors.of(color);
  context.fillText(name, area.x + 3, area.y + area.height / 2 + 0.5);
  return area;
}

/** The whole name of what the pointer is at, where it does not stand on the shape itself. */
export function paintNameTag(brush: Brush, shape: Shape, name: string): void {
  setFont(brush, 600, 11.5);
  const area = labelArea(brush, shape, name);
  const tag = { ...area, x: area.x - 3, width: area.width + 6, y: area.y + 10, height: 18 };
  const { context, colors } = brush;
  context.textBaseline = 'middle';
  context.fillStyle = colors.of('text');
  context.beginPath();
  context.roundRect(tag.x, tag.y, tag.width, tag.height, 4);
  context.fill();
  context.fillStyle = colors.of('surface');
  context.fillText(name, tag.x + 6, tag.y + 9.5);
}
