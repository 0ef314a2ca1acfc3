import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawSvg, type Look } from './draw-svg.ts';
import { readPalette } from './palette.ts';
import type { Picture, PictureBox } from './picture.ts';

const tokens = readFileSync('web/ui/tokens.css', 'utf8');
const look = (theme: 'light' | 'dark', hasBackground = true): Look => ({
  palette: readPalette(tokens, theme),
  hasBackground,
  measure: (text, size) => text.length * size * 0.55,
});
const box = (id: number): PictureBox => ({
  kind: 'box',
  area: { x: (id % 20) * 300, y: Math.floor(id / 20) * 200, width: 200, height: 128 },
  title: `box-${id}`,
  subtitle: 'aws-queue 1.0',
  hue: 'messaging',
  ports: [{ side: 'source', y: 61, text: 'queue', hue: 'messaging', isConnected: true }],
  footer: { text: 'live', hue: 'ok' },
});
const picture: Picture = {
  frames: [
    {
      area: { x: -16, y: -48, width: 600, height: 300 },
      title: 'Group <one> & "two"',
      count: '2 boxes',
      hue: 'tint-blue',
    },
  ],
  notes: [
    {
      area: { x: 0, y: 500, width: 120, height: 200 },
      text: '# Title\n- a **bold** point that is long',
      hue: 'tint-amber',
    },
  ],
  lines: [
    { path: 'M0,0 L10,10', label: { x: 5, y: 5 }, hue: 'data', isLive: false, isThick: false, chip: 'read' },
    { path: 'M0,0 L10,20', label: { x: 5, y: 9 }, hue: 'data', isLive: true, isThick: true },
  ],
  boxes: [box(0), box(1)],
};

const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml');

describe('a picture of the canvas', () => {
  it('is well formed, whatever titles say, and as large as what it shows', () => {
    const { svg, width, height } = drawSvg(picture, look('light'));
    expect(parse(svg).querySelector('parsererror')).toBeNull();
    expect(svg).not.toContain('<one>');
    expect([width, height]).toEqual([600 + 64, 748 + 64]);
  });

  it('has every line and box, at 300 boxes too', () => {
    const boxes = Array.from({ length: 300 }, (_, id) => box(id));
    const lines = boxes.slice(1).map(({ area }) => ({
      path: `M0,0 L${area.x},${area.y}`,
      label: { x: 0, y: 0 },
      hue: 'data',
      isLive: true,
      isThick: false,
    }));
    const { svg } = drawSvg({ frames: [], notes: [], lines, boxes }, look('light'));
    expect(svg.match(/<path d="M0,0 L/g)).toHaveLength(299);
    for (const { title } of boxes) expect(svg).toContain(`>${title}<`);
  });

  it('has the colours of its theme, written out, and no ground where none is wanted', () => {
    const [light, dark] = [drawSvg(picture, look('light')).svg, drawSvg(picture, look('dark')).svg];
    expect(light).toContain('fill="#f6f7f9"');
    expect(dark).toContain('fill="#0f1115"');
    expect(dark).not.toContain('var(');
    expect(drawSvg(picture, look('light', false)).svg).not.toContain('fill="#f6f7f9"');
  });

  it('dashes lines that are not live, and names grants', () => {
    const paths = [...parse(drawSvg(picture, look('light')).svg).querySelectorAll('path[stroke-width]')];
    expect(paths.map((path) => [path.getAttribute('stroke-width'), path.hasAttribute('stroke-dasharray')])).toEqual([
      ['1.75', true],
      ['3', false],
    ]);
    expect(drawSvg(picture, look('light')).svg).toContain('>read<');
  });
});
