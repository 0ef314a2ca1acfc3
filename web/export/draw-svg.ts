import { boundsOf, type Rect } from '../canvas/select/rect.ts';
import type { IconShape } from '../ui/parse-icon.ts';
import type { Palette } from './palette.ts';
import { areasOf, type Picture, type PictureBox, type PictureLine, type PicturePort } from './picture.ts';

/** How wide a text is, in pixels. */
export type Measure = (text: string, size: number, weight: number) => number;

export interface Look {
  palette: Palette;
  hasBackground: boolean;
  measure: Measure;
  /** The text font as a data address, so that the picture looks the same everywhere. */
  font?: string;
}

interface Drawing {
  svg: string;
  width: number;
  height: number;
}

const MARGIN = 32;
const FOOTER = 28;

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD]/g, '');
const at = (value: number) => String(Math.round(value * 100) / 100);

/** An element; attributes without a value are left out. */
function element(tag: string, attributes: Record<string, string | number | undefined>, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? at(value) : escape(String(value))}"`);
  return `<${tag}${written.join('')}${content ? `>${content}</${tag}>` : '/>'}`;
}

interface TextStyle {
  size: number;
  fill: string;
  weight?: number;
  anchor?: 'end' | 'middle';
  /** Cut with an ellipsis where it is longer. */
  width?: number;
}

function cut(text: string, width: number, { size, weight = 400 }: TextStyle, measure: Measure): string {
  if (measure(text, size, weight) <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, middle)}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

/** Draws the whole canvas from what it shows, not from what happens to be on the page. */
export function drawSvg(picture: Picture, look: Look): Drawing {
  const { palette } = look;
  const bounds = boundsOf(areasOf(picture)) ?? { x: 0, y: 0, width: 0, height: 0 };
  const width = bounds.width + 2 * MARGIN;
  const height = bounds.height + 2 * MARGIN;
  const pen = penOf(look);
  const parts = [
    look.font
      ? `<style>@font-face{font-family:"Inter Variable";src:url(${look.font});font-weight:100 900}</style>`
      : '',
    look.hasBackground
      ? element('rect', { x: bounds.x - MARGIN, y: bounds.y - MARGIN, width, height, fill: palette.of('canvas') })
      : '',
    ...picture.frames.map(pen.frame),
    ...picture.notes.map(pen.note),
    ...picture.lines.map(pen.line),
    ...picture.boxes.map(pen.box),
    ...picture.lines.map(pen.chip),
  ];
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: [bounds.x - MARGIN, bounds.y - MARGIN, width, height].map(at).join(' '),
      'font-family': '"Inter Variable", Inter, system-ui, sans-serif',
      fill: 'none',
    },
    parts.filter((part) => part !== '').join('\n'),
  );
  return { svg, width, height };
}

function penOf({ palette, measure }: Look) {
  const text = (x: number, y: number, words: string, style: TextStyle) =>
    element(
      'text',
      { x, y, 'font-size': style.size, 'font-weight': style.weight, fill: style.fill, 'text-anchor': style.anchor },
      escape(style.width === undefined ? words : cut(words, style.width, style, measure)),
    );
  const plate = ({ x, y, width, height }: Rect, rx: number, fill: string, stroke: string, more = {}) =>
    element('rect', { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx, fill, stroke, ...more });

  function frame({ area, title, count, hue }: Picture['frames'][number]): string {
    const style: TextStyle = { size: 13, weight: 600, fill: palette.of(hue), width: area.width - 90 };
    const shown = cut(title, area.width - 90, style, measure);
    return [
      plate(area, 12, palette.mix(hue, 6, 'canvas'), palette.mix(hue, 40, 'canvas')),
      text(area.x + 16, area.y + 21, shown, style),
      text(area.x + 24 + measure(shown, 13, 600), area.y + 21, count, { size: 11.5, fill: palette.of('text-2') }),
    ].join('');
  }

  function note({ area, text: words, hue }: Picture['notes'][number]): string {
    const lines = wrapNote(words, area.width - 24, measure).slice(0, Math.max(1, Math.floor((area.height - 14) / 18)));
    return [
      plate(area, 6, palette.mix(hue, 12, 'raised'), palette.mix(hue, 36, 'raised')),
      ...lines.map((line, index) =>
        text(area.x + 12, area.y + 22 + index * 18, line.text, {
          size: 12.5,
          weight: line.isHeading ? 600 : undefined,
          fill: palette.of('text'),
        }),
      ),
    ].join('');
  }

  const line = ({ path, hue, isLive, isThick }: PictureLine) =>
    element('path', {
      d: path,
      stroke: palette.of(hue),
      'stroke-width': isThick ? 3 : 1.75,
      'stroke-dasharray': isLive ? undefined : '5 4',
    });

  function chip({ chip: words, label, hue }: PictureLine): string {
    if (!words) return '';
    const width = measure(words, 11.5, 500) + 16;
    const area = { x: label.x - width / 2, y: label.y - 9.5, width, height: 19 };
    return (
      plate(area, 9.5, palette.of('raised'), palette.mix(hue, 60, 'raised')) +
      text(label.x, label.y + 4, words, { size: 11.5, weight: 500, fill: palette.of(hue), anchor: 'middle' })
    );
  }

  function port({ area }: PictureBox, { side, y, text: words, hue, isConnected }: PicturePort): string {
    const isOut = side === 'source';
    const [x, middle] = [isOut ? area.x + area.width : area.x, area.y + y];
    const dot = isConnected
      ? { r: 6, fill: palette.of(hue), stroke: palette.of('raised'), 'stroke-width': 2 }
      : { r: 4, fill: palette.of('raised'), stroke: palette.of(hue), 'stroke-width': 2 };
    return (
      element('circle', { cx: x, cy: middle, ...dot }) +
      text(isOut ? x - 13 : x + 13, middle + 4, words, {
        size: 11.5,
        fill: palette.of('text-2'),
        anchor: isOut ? 'end' : undefined,
        width: 104,
      })
    );
  }

  function tile({ area, icon, hue, kind }: PictureBox): string {
    const [x, y] = [area.x + 10, area.y + (kind === 'stub' ? 8 : 14)];
    const viewBox = icon?.viewBox ?? '0 0 24 24';
    const shapes = icon
      ? icon.shapes.map(shape).join('')
      : element('rect', { x: 5, y: 5, width: 14, height: 14, rx: 3 });
    return (
      element('rect', { x, y, width: 28, height: 28, rx: 7, fill: palette.mix(hue, 13, 'raised') }) +
      element(
        'svg',
        {
          x: x + 5.5,
          y: y + 5.5,
          width: 17,
          height: 17,
          viewBox,
          color: palette.of(hue),
          stroke: palette.of(hue),
          'stroke-width': 1.75,
          'stroke-linecap': 'round',
          'stroke-linejoin': 'round',
        },
        shapes,
      )
    );
  }

  function box(each: PictureBox): string {
    const { area, kind, title, subtitle, hue, ports, footer } = each;
    const isStub = kind === 'stub';
    const top = area.y + (isStub ? 20 : 26);
    const ground = kind === 'folded' ? palette.mix(hue, 5, 'raised') : palette.of('raised');
    const edge = kind === 'folded' ? palette.mix(hue, 55, 'raised') : palette.of('line-strong');
    const under = { x: area.x + 6, y: area.y + area.height - 6, width: area.width - 12, height: 11 };
    const base = area.y + area.height - FOOTER;
    return [
      kind === 'folded' ? plate(under, 8, palette.mix(hue, 10, 'raised'), edge) : '',
      plate(area, 8, ground, edge, isStub ? { 'stroke-dasharray': '4 3' } : {}),
      tile(each),
      text(area.x + 47, top, title, { size: 13.5, weight: 600, fill: palette.of('text'), width: area.width - 57 }),
      text(area.x + 47, top + 14, subtitle, { size: 11, fill: palette.of('text-2'), width: area.width - 57 }),
      ...ports.map((each_) => port(each, each_)),
      footer
        ? element('path', { d: `M${at(area.x)},${at(base)} h${at(area.width)}`, stroke: palette.of('line') }) +
          text(area.x + 12, base + 18, footer.text, { size: 11.5, weight: 500, fill: palette.of(footer.hue) }) +
          (footer.more
            ? text(area.x + 22 + measure(footer.text, 11.5, 500), base + 18, footer.more, {
                size: 11.5,
                fill: palette.of('text-2'),
              })
            : '')
        : '',
    ].join('');
  }
  return { frame, note, line, chip, box };
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const shape = ({ tag, attributes, children }: IconShape): string =>
  element(
    tag,
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [kebab(name), value])),
    children.map(shape).join(''),
  );

/** A note's Markdown as plain lines: headings stay bold, lists keep their dots, other marks go. */
function wrapNote(source: string, width: number, measure: Measure): { text: string; isHeading: boolean }[] {
  return source.split('\n').flatMap((raw) => {
    const isHeading = /^#{1,6}\s/.test(raw);
    const plain = raw
      .replace(/^#{1,6}\s+/, '')
      .replace(/^\s*[-*]\s+/, '• ')
      .replace(/\*\*|__|`/g, '');
    if (plain === '') return [];
    return wrap(plain, width, isHeading ? 600 : 400, measure).map((text) => ({ text, isHeading }));
  });
}

function wrap(text: string, width: number, weight: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && measure(longer, 12.5, weight) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}
