import type { Area } from './area-index.ts';
import { overlaps } from './area-index.ts';
import type { Brush, View } from './brush.ts';
import { type Colors, readColors } from './colors.ts';
import type { LookOf } from './looks.ts';
import { paintLabels, paintNameTag } from './paint-labels.ts';
import { paintLines, paintLitLines } from './paint-lines.ts';
import { paintRing, paintShapes } from './paint-shapes.ts';
import { holdersOf, movedStroke, type Scene, type Shape, type Stroke } from './scene.ts';

/** What is painted. A new `looks` or `scene` paints the picture anew, everything else only what lies over it. */
export interface Picture {
  scene: Scene;
  looks: LookOf;
  brokenLines: ReadonlySet<string>;
  /** The lines that a lens takes in, while there is one; comes with new `looks`. */
  lensLines: Readonly<Record<string, true>> | undefined;
  /** Shapes in other places than the scene has them. */
  moved: ReadonlyMap<string, Shape>;
  hovered: string | undefined;
  selected: ReadonlySet<string>;
  selectedLines: ReadonlySet<string>;
}

interface Size {
  width: number;
  height: number;
}

/** Room around the view that is painted with it, as a share of the view, so that the picture can be moved before it has to be painted anew. */
const MARGIN = 0.3;
const MOST_STRETCH = 1.5;
/** A picture that takes no longer than this is painted in every frame in which the zoom changes. */
const CHEAP_MS = 5;
const REST_MS = 90;
/** More lit lines than these say nothing any more. */
const MOST_LIT = 400;

export type Painter = ReturnType<typeof createPainter>;

/** Paints on two canvas elements in a holder: the picture, and over it what changes with the pointer. */
export function createPainter(holder: HTMLElement, under: HTMLCanvasElement, over: HTMLCanvasElement) {
  let colors: Colors = readColors(holder);
  let picture: Picture | undefined;
  let view: View = { x: 0, y: 0, zoom: 1 };
  let size: Size = { width: 0, height: 0 };
  let drawn: { view: View; size: Size; moved: string } | undefined;
  let isVisible = false;
  let isOverStale = true;
  let cost = 0;
  let frame = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const margin = () => ({ x: Math.round(size.width * MARGIN), y: Math.round(size.height * MARGIN) });

  function brushOn(canvas: HTMLCanvasElement, at: View): Brush | undefined {
    const context = canvas.getContext('2d', { alpha: true });
    if (!context) return undefined;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const edge = margin();
    const width = Math.round((size.width + 2 * edge.x) * ratio);
    const height = Math.round((size.height + 2 * edge.y) * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${width / ratio}px`, height: `${height / ratio}px` });
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(ratio, 0, 0, ratio, edge.x * ratio, edge.y * ratio);
    return { context, view: at, colors };
  }

  /** The part of the canvas that the picture shows. */
  function covered(at: View): Area {
    const edge = margin();
    return {
      x: (-at.x - edge.x) / at.zoom,
      y: (-at.y - edge.y) / at.zoom,
      width: (size.width + 2 * edge.x) / at.zoom,
      height: (size.height + 2 * edge.y) / at.zoom,
    };
  }

  function paintUnder(now: Picture): void {
    const begun = performance.now();
    const brush = brushOn(under, view);
    if (!brush) return;
    const area = covered(view);
    const isStill = (shape: Shape) => !now.moved.has(shape.id);
    const shapes = now.scene.index.within(area).filter(isStill);
    const frames = shapes.filter(({ kind }) => kind === 'frame');
    paintShapes(brush, frames, now.looks);
    const inArea = now.scene.strokes.filter(
      (stroke) => !now.moved.has(stroke.from) && !now.moved.has(stroke.to) && overlaps(boxOf(stroke), area),
    );
    const isOut = ({ lines }: Stroke) => now.lensLines !== undefined && !lines.some((id) => now.lensLines?.[id]);
    const kept = now.lensLines ? inArea.filter((stroke) => !isOut(stroke)) : inArea;
    if (now.lensLines) paintLines(brush, inArea.filter(isOut), true);
    paintLines(brush, kept);
    if (now.lensLines && kept.length <= MOST_LIT) paintLitLines(brush, kept);
    paintLitLines(
      brush,
      kept.filter(({ lines }) => lines.some((id) => now.brokenLines.has(id))),
      'bad',
    );
    paintShapes(
      brush,
      shapes.filter(({ kind }) => kind !== 'frame'),
      now.looks,
    );
    paintLabels(brush, shapes, now.scene, now.looks);
    drawn = { view, size, moved: [...now.moved.keys()].join() };
    holder.dataset.drawn = String(shapes.length);
    isOverStale = true;
    cost = performance.now() - begun;
  }

  function paintOver(now: Picture): void {
    if (!drawn) return;
    const brush = brushOn(over, drawn.view);
    isOverStale = false;
    if (!brush) return;
    const shapeOf = (id: string) => now.moved.get(id) ?? now.scene.byId.get(id);
    const isLit = (id: string) => now.selected.has(id) || now.hovered === id;
    const touched = now.scene.strokes.filter((stroke) => now.moved.has(stroke.from) || now.moved.has(stroke.to));
    paintLines(
      brush,
      touched.map((stroke) => movedStroke(stroke, now.scene, now.moved)),
    );
    const lit = now.scene.strokes.filter(({ from, to }) => isLit(from) || isLit(to));
    const place = (stroke: Stroke) => movedStroke(stroke, now.scene, now.moved);
    if (lit.length <= MOST_LIT) paintLitLines(brush, lit.map(place));
    const chosen = now.scene.strokes.filter(({ lines }) => lines.some((id) => now.selectedLines.has(id)));
    if (chosen.length <= MOST_LIT) paintLitLines(brush, chosen.map(place), 'accent');
    paintShapes(brush, [...now.moved.values()], now.looks);
    for (const { id } of holdersOf(now.scene, now.selected)) {
      const shape = shapeOf(id);
      if (shape) paintRing(brush, shape, 'accent', 1);
    }
    for (const id of now.selected) {
      const shape = shapeOf(id);
      if (shape) paintRing(brush, shape, 'accent', 2);
    }
    const hovered = now.hovered === undefined ? undefined : shapeOf(now.hovered);
    if (!hovered) return;
    if (!now.selected.has(hovered.id)) paintRing(brush, hovered, 'text-2', 1.5);
    paintNameTag(brush, hovered, now.looks(hovered).name);
  }

  /** Whether the picture, moved and stretched, still shows everything that is in view. */
  function covers(at: View): boolean {
    if (!drawn || drawn.size.width !== size.width || drawn.size.height !== size.height) return false;
    const stretch = at.zoom / drawn.view.zoom;
    if (stretch > MOST_STRETCH || stretch < 1 / MOST_STRETCH) return false;
    const painted = covered(drawn.view);
    const seen = { x: -at.x / at.zoom, y: -at.y / at.zoom, width: size.width / at.zoom, height: size.height / at.zoom };
    return (
      seen.x >= painted.x &&
      seen.y >= painted.y &&
      seen.x + seen.width <= painted.x + painted.width &&
      seen.y + seen.height <= painted.y + painted.height
    );
  }

  function place(): void {
    if (!drawn) return;
    const scale = view.zoom / drawn.view.zoom;
    const edge = margin();
    const x = view.x - drawn.view.x * scale - edge.x * scale;
    const y = view.y - drawn.view.y * scale - edge.y * scale;
    holder.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  function refresh(): void {
    frame = 0;
    if (!isVisible || !picture || size.width === 0) return;
    const hasZoomed = drawn !== undefined && drawn.view.zoom !== view.zoom;
    const areOthersMoved = drawn !== undefined && drawn.moved !== [...picture.moved.keys()].join();
    if (!covers(view) || areOthersMoved || (hasZoomed && cost < CHEAP_MS)) paintUnder(picture);
    else if (hasZoomed) paintWhenAtRest();
    if (isOverStale) paintOver(picture);
    place();
  }

  function paintWhenAtRest(): void {
    clearTimeout(rest);
    rest = setTimeout(() => {
      drawn = undefined;
      request();
    }, REST_MS);
  }

  function request(): void {
    if (frame === 0 && isVisible) frame = requestAnimationFrame(refresh);
  }

  return {
    show(next: Picture): void {
      if (picture && (picture.scene !== next.scene || picture.looks !== next.looks)) drawn = undefined;
      picture = next;
      isOverStale = true;
      request();
    },
    look(next: View, room: Size): void {
      view = next;
      size = room;
      request();
    },
    /** Painted at once, so that there is a picture in the same frame in which the real boxes go. */
    setVisible(next: boolean): void {
      if (isVisible === next) return;
      isVisible = next;
      drawn = undefined;
      holder.style.visibility = next ? 'visible' : 'hidden';
      if (next) refresh();
      else delete holder.dataset.drawn;
    },
    takeTheme(): void {
      colors = readColors(holder);
      drawn = undefined;
      request();
    },
    stop(): void {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
    },
  };
}

const boxOf = ({ x1, y1, x2, y2 }: Stroke): Area => ({
  x: Math.min(x1, x2),
  y: Math.min(y1, y2),
  width: Math.abs(x2 - x1),
  height: Math.abs(y2 - y1),
});
