// Gestures on a page with React Flow, with every frame between them counted: the same for our page and for the bare one.
import type { Page } from 'playwright-core';
import { median, quantile } from './measure.ts';

export interface Frames {
  fps: number;
  /** Milliseconds that 95 of 100 frames do not exceed. */
  p95: number;
  /** From an input reaching the page to the end of the frame that shows it, in milliseconds. */
  paint: number;
}

interface Probe {
  ready?: number;
  frames: number[];
  paints: number[];
  isOn: boolean;
  /** Begins to count: frames are asked for while it goes on. */
  begin(): void;
}

/** Runs in the page before its own scripts. */
export function probe(): void {
  const begin = () => {
    Object.assign(state, { frames: [], paints: [], isOn: true });
    requestAnimationFrame(tick);
  };
  const state: Probe = { frames: [], paints: [], isOn: false, begin };
  Object.assign(globalThis, { probe: state });
  const channel = new MessageChannel();
  const waiting: number[] = [];
  channel.port1.onmessage = () => {
    const end = performance.now();
    for (const begun of waiting.splice(0)) state.paints.push(end - begun);
  };
  const isDrawn = () => document.querySelector('.react-flow__node, .far-canvas[data-drawn]') !== null;
  const tick = () => {
    if (state.ready === undefined && isDrawn()) requestAnimationFrame(() => (state.ready ??= performance.now()));
    if (state.isOn) state.frames.push(performance.now());
    if (state.isOn || state.ready === undefined) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const note = () => {
    if (!state.isOn) return;
    const begun = performance.now();
    requestAnimationFrame(() => {
      waiting.push(begun);
      channel.port2.postMessage(0);
    });
  };
  for (const type of ['pointermove', 'wheel', 'keydown'])
    window.addEventListener(type, note, { capture: true, passive: true });
}

interface Probed {
  probe: Probe;
}

export async function untilReady(page: Page): Promise<number> {
  const ready = await page.waitForFunction(() => (globalThis as unknown as Probed).probe?.ready);
  return (await ready.jsonValue()) ?? Number.NaN;
}

/** Counts frames while `gesture` is under way. */
export async function countFrames(page: Page, gesture: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => (globalThis as unknown as Probed).probe.begin());
  await gesture();
  const { frames, paints } = await page.evaluate(() => {
    const { probe: state } = globalThis as unknown as Probed;
    state.isOn = false;
    return state;
  });
  const deltas = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  const seconds = ((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1000;
  return { fps: deltas.length / seconds, p95: quantile(deltas, 0.95), paint: median(paints) };
}

type Point = { x: number; y: number };

async function frameOf(page: Page): Promise<{ left: number; top: number; x: number; y: number; zoom: number }> {
  return page.evaluate(() => {
    const viewport = document.querySelector<HTMLElement>('.react-flow__viewport');
    const frame = document.querySelector('.react-flow')?.getBoundingClientRect();
    const matrix = new DOMMatrix(viewport ? getComputedStyle(viewport).transform : '');
    return { left: frame?.left ?? 0, top: frame?.top ?? 0, x: matrix.e, y: matrix.f, zoom: matrix.a };
  });
}

/** Where a place of the window is on the canvas. */
export async function toFlow(page: Page, place: Point): Promise<Point> {
  const { left, top, x, y, zoom } = await frameOf(page);
  return { x: (place.x - left - x) / zoom, y: (place.y - top - y) / zoom };
}

/** Where a place of the canvas is in the window. */
export async function toScreen(page: Page, place: Point): Promise<Point> {
  const { left, top, x, y, zoom } = await frameOf(page);
  return { x: place.x * zoom + x + left, y: place.y * zoom + y + top };
}

export const zoomOf = async (page: Page): Promise<number> => (await frameOf(page)).zoom;

export async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const area = await page.locator('.react-flow').boundingBox();
  if (!area) throw new Error('There is no canvas.');
  return { x: area.x + area.width / 2, y: area.y + area.height / 2 };
}

/** Turns the wheel until the zoom is there. */
export async function zoomTo(page: Page, goal: number): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  // A busy page takes its time; one at the end of its zoom never moves again.
  let still = 0;
  for (let turn = 0; turn < 400 && still < 20; turn++) {
    const zoom = await zoomOf(page);
    const factor = goal / zoom;
    if (Math.abs(Math.log(factor)) < 0.02) return;
    // One step of the wheel is 2 ** (delta / 500) in d3-zoom.
    await page.mouse.wheel(0, -Math.max(-60, Math.min(60, Math.log2(factor) * 500)));
    await page.waitForTimeout(still > 3 ? 150 : 10);
    still = (await zoomOf(page)) === zoom ? still + 1 : 0;
  }
}

/** Moves the pointer around a circle for a while, some pixels every few milliseconds. */
export async function circle(page: Page, from: { x: number; y: number }, milliseconds: number, radius: number) {
  const end = Date.now() + milliseconds;
  for (let step = 1; Date.now() < end; step++) {
    const angle = step / 14;
    await page.mouse.move(from.x + Math.sin(angle) * radius, from.y + (1 - Math.cos(angle)) * radius);
  }
}

export async function pan(page: Page, milliseconds: number): Promise<void> {
  const from = await middleOf(page);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button: 'middle' });
  await circle(page, from, milliseconds, 160);
  await page.mouse.move(from.x, from.y);
  await page.mouse.up({ button: 'middle' });
}

export async function heapMegabytes(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await client.send('Runtime.getHeapUsage')) as { usedSize: number };
  await client.detach();
  return usedSize / 1e6;
}
