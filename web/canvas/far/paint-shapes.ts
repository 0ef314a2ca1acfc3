import type { BoxState } from '../../stores/run-view.ts';
import type { Area } from './area-index.ts';
import { areaOnScreen, type Brush, fitText, wrapText } from './brush.ts';
import { CARD_WIDTH } from './level.ts';
import type { Look, LookOf } from './looks.ts';
import type { Shape } from './scene.ts';

const SIGNS: Record<BoxState, string> = { live: '✓', failed: '✕', busy: '…', blocked: '–', none: '' };
const SIGN_COLOR: Record<BoxState, string> = {
  live: 'ok',
  failed: 'bad',
  busy: 'busy',
  blocked: 'text-3',
  none: 'text-3',
};
/** The narrowest block that a sign fits on. */
const SIGN_WIDTH = 9;
/** Height of a row of a name. */
const ROW = 13;

/** The hue of what will happen to a box, else of what is wrong with it. */
const stateColor = ({ action, state }: Look): string | undefined =>
  action ?? (state === 'failed' ? 'bad' : state === 'busy' ? 'busy' : undefined);

const signOf = ({ sign, state }: Look): string => sign ?? SIGNS[state];

function outline({ context }: Brush, { x, y, width, height }: Area, radius: number): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
}

/** Shapes in their order: frames of groups first, as they come. */
export function paintShapes(brush: Brush, shapes: readonly Shape[], lookOf: LookOf): void {
  brush.context.textBaseline = 'middle';
  for (const shape of shapes) {
    const area = areaOnScreen(brush.view, shape);
    if (shape.kind === 'frame') paintFrame(brush, area, shape);
    else if (shape.kind === 'note') paintNote(brush, area, shape, lookOf(shape));
    else if (area.width < CARD_WIDTH) paintBlock(brush, area, shape, lookOf(shape));
    else paintCard(brush, area, shape, lookOf(shape));
  }
}

function paintFrame(brush: Brush, area: Area, { color }: Shape): void {
  const { context, colors } = brush;
  outline(brush, area, 5);
  context.fillStyle = colors.mix(color, 7, 'canvas');
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colors.mix(color, 40, 'canvas');
  context.stroke();
}

function paintNote(brush: Brush, area: Area, { color }: Shape, { name }: Look): void {
  const { context, colors } = brush;
  context.fillStyle = colors.mix(color, 18, 'raised');
  context.fillRect(area.x, area.y, area.width, area.height);
  if (area.width < CARD_WIDTH || area.height < 16) return;
  setFont(brush, 400, 10.5);
  context.fillStyle = colors.of('text-2');
  context.fillText(fitText(context, name, area.width - 8), area.x + 4, area.y + 9);
}

export function setFont({ context, colors }: Brush, weight: number, size: number): void {
  context.font = `${weight} ${size}px ${colors.font}`;
}

/** Filled when it stands, an outline while it does not; a state has its own hue and a sign. */
function paintBlock(brush: Brush, { x, y, width, height }: Area, shape: Shape, look: Look): void {
  const { context, colors } = brush;
  const state = stateColor(look);
  const isSolid = look.state === 'live' || shape.kind === 'folded';
  const share = look.isBack ? 12 : isSolid ? 62 : 26;
  context.fillStyle = colors.mix(state ?? shape.color, state ? (look.isBack ? 40 : 100) : share, 'raised');
  context.fillRect(x, y, width, height);
  if (!state && !isSolid && !look.isBack && width > 5) {
    context.lineWidth = 1;
    context.strokeStyle = colors.mix(shape.color, 70, 'raised');
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  }
  const text = shape.count > 0 ? String(shape.count) : state ? signOf(look) : look.hasIssue ? '!' : '';
  if (text === '' || width < SIGN_WIDTH) return;
  setFont(brush, 700, Math.min(13, width * 0.7));
  context.textAlign = 'center';
  context.fillStyle = state || shape.count > 0 ? colors.of('surface') : colors.of('warn');
  context.fillText(text, x + width / 2, y + height / 2);
  context.textAlign = 'left';
}

function paintCard(brush: Brush, area: Area, shape: Shape, look: Look): void {
  const { context, colors } = brush;
  const { x, y, width, height } = area;
  const state = stateColor(look);
  if (shape.kind === 'folded') {
    outline(brush, { x: x + 3, y: y + 3, width, height }, 4);
    context.fillStyle = colors.mix(shape.color, 30, 'canvas');
    context.fill();
  }
  outline(brush, area, 4);
  context.fillStyle = colors.mix(shape.color, look.isBack ? 4 : 11, look.isBack ? 'canvas' : 'raised');
  context.fill();
  context.lineWidth = state ? 2 : 1;
  context.strokeStyle = colors.mix(
    state ?? shape.color,
    state ? (look.isBack ? 45 : 100) : look.isBack ? 20 : 45,
    'raised',
  );
  context.stroke();
  context.fillStyle = colors.mix(shape.color, look.isBack ? 40 : 85, 'raised');
  context.fillRect(x + 1, y + 4, 3, Math.max(0, height - 8));
  const isWide = width > 74;
  setFont(brush, 600, isWide ? 11.5 : 10.5);
  context.fillStyle = colors.of(look.isBack ? 'text-2' : 'text');
  const hasFoot = height >= 34;
  const rows = Math.min(3, Math.max(1, Math.floor((height - (hasFoot ? 20 : 4)) / ROW)));
  const top = y + Math.min(height / 2, isWide ? 14 : 11);
  for (const [row, text] of wrapText(context, look.name, width - 12, rows).entries())
    context.fillText(text, x + 8, top + row * ROW);
  if (hasFoot) paintFoot(brush, area, shape, look);
}

/** The bottom of a card: its state in a sign and, where there is room, in a word; at the right what else there is to know. */
function paintFoot(brush: Brush, { x, y, width, height }: Area, { count }: Shape, look: Look): void {
  const { context, colors } = brush;
  const line = y + height - 10;
  setFont(brush, 600, 10.5);
  const sign = signOf(look);
  const said = look.action ?? look.word;
  const text = count > 0 ? `${count} boxes` : width > 74 && said ? `${sign} ${said}`.trim() : sign;
  context.fillStyle = colors.of(count > 0 ? 'text-2' : (look.action ?? SIGN_COLOR[look.state]));
  context.fillText(fitText(context, text, width - 20), x + 8, line);
  if (!look.hasIssue) return;
  context.fillStyle = colors.of('warn');
  context.fillText('!', x + width - 10, line);
}

/** A ring around a shape that is selected or under the pointer. */
export function paintRing(brush: Brush, shape: Shape, color: string, width: number): void {
  const { x, y, width: wide, height } = areaOnScreen(brush.view, shape);
  const { context, colors } = brush;
  const away = width / 2 + 0.5;
  outline(brush, { x: x - away, y: y - away, width: wide + 2 * away, height: height + 2 * away }, 5);
  context.lineWidth = width;
  context.strokeStyle = colors.of(color);
  context.stroke();
}
