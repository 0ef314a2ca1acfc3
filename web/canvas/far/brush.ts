import type { Position } from '../../../schemas/generated/types.ts';
import type { Area } from './area-index.ts';
import type { Colors } from './colors.ts';

export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** What everything is painted with: a context in pixels of the screen, the view that it shows, and the theme. */
export interface Brush {
  context: CanvasRenderingContext2D;
  view: View;
  colors: Colors;
}

export const toScreen = ({ x, y, zoom }: View, place: Position): Position => ({
  x: place.x * zoom + x,
  y: place.y * zoom + y,
});

export const areaOnScreen = (view: View, { x, y, width, height }: Area): Area => ({
  ...toScreen(view, { x, y }),
  width: width * view.zoom,
  height: height * view.zoom,
});

const widths = new Map<string, number>();
const WIDTHS_LIMIT = 20_000;

/** The width of a text in the font that is set. */
export function textWidth(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > WIDTHS_LIMIT) widths.clear();
  const width = context.measureText(text).width;
  widths.set(key, width);
  return width;
}

/** As much of a text as fits; nothing where not even two letters do. */
export function fitText(context: CanvasRenderingContext2D, text: string, room: number): string {
  const width = textWidth(context, text);
  if (width <= room) return text;
  const letters = Math.floor((text.length * (room - 7)) / width);
  return letters < 2 ? '' : `${text.slice(0, letters)}…`;
}

/** A name in as many rows as there is room for, broken where its parts end. */
export function wrapText(context: CanvasRenderingContext2D, text: string, room: number, rows: number): string[] {
  if (rows <= 1 || textWidth(context, text) <= room) return [fitText(context, text, room)];
  const parts = text.match(/[^-_. ]+[-_. ]*/g) ?? [text];
  let first = '';
  let taken = 0;
  for (const part of parts) {
    if (taken > 0 && textWidth(context, first + part) > room) break;
    first += part;
    taken += 1;
  }
  const rest = parts.slice(taken).join('');
  return rest === ''
    ? [fitText(context, first, room)]
    : [fitText(context, first, room), ...wrapText(context, rest, room, rows - 1)];
}
