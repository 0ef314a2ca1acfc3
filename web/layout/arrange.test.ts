import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import { overlaps, type Rect } from '../canvas/select/rect.ts';
import { arrange, type LayoutBox, type LayoutTask, type RunElk } from './arrange.ts';

const run: RunElk = (graph) => new ELK().layout(graph) as ReturnType<RunElk>;
const box = (id: string): LayoutBox => ({
  id,
  width: 200,
  height: 150,
  inputs: [{ id: 'in', y: 61 }],
  outputs: [{ id: 'out', y: 61 }],
});
const line = (from: string, to: string) => ({
  id: `${from}-${to}`,
  from: { node: from, port: 'out' },
  to: { node: to, port: 'in' },
});
const frame = { padding: 16, titleBar: 32 };
const names = Array.from({ length: 24 }, (_, index) => `b${index}`);
const ring = names.map((name, index) => line(name, names[(index * 7 + 3) % names.length] ?? name));

async function rectsOf(task: LayoutTask) {
  const places = await arrange(task, run);
  const boxes = [...task.boxes, ...task.groups.flatMap((group) => group.boxes)];
  return new Map(boxes.map(({ id, width, height }): [string, Rect] => [id, { ...places[id], width, height } as Rect]));
}

const pairs = <T>(items: readonly T[]) =>
  items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b] as const));
const around = (rects: readonly Rect[]): Rect => {
  const x = Math.min(...rects.map((rect) => rect.x)) - frame.padding;
  const y = Math.min(...rects.map((rect) => rect.y)) - frame.padding - frame.titleBar;
  const right = Math.max(...rects.map((rect) => rect.x + rect.width)) + frame.padding;
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height)) + frame.padding;
  return { x, y, width: right - x, height: bottom - y };
};

describe('auto-layout', () => {
  it('places every box, on the grid, and none over another', async () => {
    const rects = await rectsOf({ boxes: names.map(box), groups: [], lines: ring, frame });
    for (const { x, y } of rects.values()) expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0]);
    for (const [a, b] of pairs([...rects.values()])) expect(overlaps(a, b)).toBe(false);
  });

  it('puts a producer to the left of its consumer', async () => {
    const rects = await rectsOf({
      boxes: ['c', 'a', 'b'].map(box),
      groups: [],
      lines: [line('a', 'b'), line('b', 'c')],
      frame,
    });
    const [a, b, c] = ['a', 'b', 'c'].map((id) => rects.get(id)?.x ?? Number.NaN);
    expect([a, b, c]).toEqual([a, b, c].slice().sort((left, right) => Number(left) - Number(right)));
    expect(new Set([a, b, c]).size).toBe(3);
  });

  it('lays many boxes in few layers out for a window, not as a column', async () => {
    const trees = Array.from({ length: 12 }, (_, at) => at);
    const boxes = ['hub', ...trees.flatMap((at) => [`queue${at}`, `left${at}`, `right${at}`])].map(box);
    const lines = trees.flatMap((at) => [
      line('hub', `queue${at}`),
      line(`queue${at}`, `left${at}`),
      line(`queue${at}`, `right${at}`),
    ]);
    const rects = await rectsOf({ boxes, groups: [], lines, frame });
    const { width, height } = around([...rects.values()]);
    expect(width / height).toBeGreaterThan(0.8);
    expect(width / height).toBeLessThan(3.2);
    for (const [a, b] of pairs([...rects.values()])) expect(overlaps(a, b)).toBe(false);
    for (const { x, y } of rects.values()) expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0]);
    const x = (id: string) => rects.get(id)?.x ?? Number.NaN;
    const together = trees.filter((at) => x(`left${at}`) === x(`right${at}`) && x(`queue${at}`) < x(`left${at}`));
    expect(together.length).toBeGreaterThan(8);
  });

  it('lays a large graph out part by part, none over another and each beside those that it is joined to', async () => {
    const parts = Array.from({ length: 30 }, (_, at) => at);
    const of = (part: number) => ['a', 'b', 'c', 'd', 'e'].map((letter) => `${letter}${part}`);
    const lines = parts.flatMap((part) => [
      ...of(part)
        .slice(1)
        .map((box, at) => line(of(part)[at] ?? '', box)),
      line(`a${part}`, `e${part}`),
      line(`b${part}`, `d${part}`),
      line(`e${part}`, `a${(part + 1) % parts.length}`),
    ]);
    const boxes = parts.flatMap(of).map(box);
    const rects = await rectsOf({ boxes: [...boxes, box('alone')], groups: [], lines, frame });
    expect(rects.size).toBe(151);
    for (const [a, b] of pairs([...rects.values()])) expect(overlaps(a, b)).toBe(false);
    for (const { x, y } of rects.values()) expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0]);
    const areas = parts.map((part) => around(of(part).flatMap((id) => rects.get(id) ?? [])));
    const { width, height } = around([...rects.values()]);
    for (const area of areas) expect(Math.hypot(area.width, area.height) / Math.hypot(width, height)).toBeLessThan(0.4);
    expect(width / height).toBeGreaterThan(0.8);
    expect(width / height).toBeLessThan(3.2);
    const apart = (one = areas[0], other = areas[1]) =>
      Math.hypot((one?.x ?? 0) - (other?.x ?? 0), (one?.y ?? 0) - (other?.y ?? 0)) / Math.hypot(width, height);
    for (const [at, area] of areas.entries()) if (at > 0) expect(apart(areas[at - 1], area)).toBeLessThan(0.5);
  });

  it('keeps the boxes of a group together, and everything else out of its frame', async () => {
    const [first, second] = [names.slice(0, 6), names.slice(6, 10)];
    const rects = await rectsOf({
      boxes: names.slice(10).map(box),
      groups: [
        { id: 'first', boxes: first.map(box) },
        { id: 'second', boxes: second.map(box) },
      ],
      lines: ring,
      frame,
    });
    const frames = [first, second].map((group) => around(group.flatMap((id) => rects.get(id) ?? [])));
    const [one, two] = frames;
    if (!one || !two) throw new Error('There are two frames.');
    expect(overlaps(one, two)).toBe(false);
    for (const [index, own] of [first, second].entries())
      for (const [id, rect] of rects) if (!own.includes(id)) expect(overlaps(frames[index] ?? rect, rect)).toBe(false);
    for (const [a, b] of pairs([...rects.values()])) expect(overlaps(a, b)).toBe(false);
  });

  it('leaves out lines to ports that are not drawn', async () => {
    const rects = await rectsOf({
      boxes: [box('a'), box('b')],
      groups: [],
      lines: [{ ...line('a', 'b'), to: { node: 'b', port: 'gone' } }],
      frame,
    });
    expect(rects.size).toBe(2);
  });
});
