// The canvas in headless Chromium beside a bare React Flow page: time to ready, frames under real input, heap.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import type { GraphSaved, Position } from '../../schemas/generated/types.ts';
import { findEnvironment } from '../../server/services/scope.ts';
import { loadMasterKey } from '../../server/store/master-key.ts';
import { openStore } from '../../server/store/store.ts';
import { inspector } from '../browser/gestures.ts';
import { type ServerProcess, startServerProcess } from '../helpers/server-process.ts';
import { districts } from './canvas-graph.ts';
import * as measured from './canvas-page.ts';
import { keyWork } from './key-work.ts';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const near = 0.9;
const spell = 2_000;
/** Boxes that are dragged together stand in these many districts. */
const draggedDistricts = 5;

/** What was measured on one page, once. */
export interface CanvasSample {
  page: 'plumbline' | 'bare';
  boxes: number;
  lines: number;
  readyMilliseconds: number;
  frames: Record<'panNear' | 'zoomOut' | 'panAll' | 'dragOne' | 'dragFifty' | 'type', measured.Frames>;
  /** What the page works for a key in a form until it is shown, in milliseconds. */
  keyMilliseconds: number;
  heapMegabytes: number;
}

interface Target {
  page: CanvasSample['page'];
  address: (boxes: number) => string;
  field: (page: Page) => ReturnType<Page['locator']>;
}

export async function benchCanvas(rounds: number, sizes: readonly number[] = [1_000, 5_000]): Promise<CanvasSample[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const server = await startWithGraphs(join(folder, 'data'), sizes);
  const bare = await serveBare(join(folder, 'bare'));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: flags,
  });
  const targets: Target[] = [
    {
      page: 'plumbline',
      address: (boxes) => `${server.address}/#/canvas/boxes-${boxes}`,
      field: (page) =>
        inspector(page)
          .getByLabel(/^Timeout/)
          .first(),
    },
    { page: 'bare', address: (boxes) => `${bare.address}/?boxes=${boxes}`, field: (page) => page.getByLabel('Name') },
  ];
  const samples: CanvasSample[] = [];
  try {
    for (let round = 0; round < rounds; round++)
      for (const boxes of sizes) for (const target of targets) samples.push(await samplePage(browser, target, boxes));
  } finally {
    await browser.close();
    bare.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return samples;
}

async function samplePage(browser: Browser, target: Target, boxes: number): Promise<CanvasSample> {
  const { graph, layout } = districts(boxes);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(() => localStorage.setItem('plumbline.tour', 'seen'));
  try {
    const page = await context.newPage();
    // The compiler names functions with a helper of its own, which the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.addInitScript(measured.probe);
    await page.goto(target.address(boxes));
    const readyMilliseconds = await measured.untilReady(page);
    await page.waitForTimeout(600);
    const fitted = await measured.zoomOf(page);
    const panAll = await measured.countFrames(page, () => measured.pan(page, spell));
    await measured.zoomTo(page, near);
    await page.waitForTimeout(300);
    const panNear = await measured.countFrames(page, () => measured.pan(page, spell));
    const dragOne = await dragBoxes(page, layout.nodes, 1);
    const { frames: type, keyMilliseconds } = await typeInForm(page, target);
    const zoomOut = await measured.countFrames(page, () => measured.zoomTo(page, fitted));
    await measured.zoomTo(page, Math.max(fitted, 0.2));
    const dragFifty = await dragBoxes(page, layout.nodes, draggedDistricts);
    return {
      ...{ page: target.page, boxes: graph.nodes.length, lines: graph.connections.length, readyMilliseconds },
      frames: { panNear, zoomOut, panAll, dragOne, dragFifty, type },
      keyMilliseconds,
      heapMegabytes: await measured.heapMegabytes(page),
    };
  } finally {
    await context.close();
  }
}

/** Selects the box nearest to the middle, or the boxes of districts beside each other by a lasso, and drags them. */
async function dragBoxes(page: Page, places: Readonly<Record<string, Position>>, districtCount: number) {
  const middle = await measured.middleOf(page);
  const centre = await measured.toFlow(page, middle);
  const distance = ({ x, y }: Position) => Math.hypot(x + 100 - centre.x, y + 60 - centre.y);
  const byDistance = Object.entries(places).sort(([, a], [, b]) => distance(a) - distance(b));
  const [nearest] = byDistance.filter(([id]) => id.startsWith('billing'));
  const grip = await measured.toScreen(page, { x: (nearest?.[1].x ?? 0) + 100, y: (nearest?.[1].y ?? 0) + 24 });
  if (districtCount > 1) await lasso(page, middle, 10 * districtCount);
  await page.mouse.move(grip.x, grip.y);
  await page.waitForTimeout(100);
  if (districtCount === 1) {
    await page.mouse.click(grip.x, grip.y);
    await page.waitForTimeout(400);
  }
  await page.mouse.down();
  const frames = await measured.countFrames(page, () => measured.circle(page, grip, spell, 60));
  // Back to where they stood: the next round looks for them there, and what was saved is the same.
  await page.mouse.move(grip.x, grip.y);
  await page.mouse.up();
  await page.waitForTimeout(300);
  return frames;
}

/** A square around the middle that holds about this many boxes. */
async function lasso(page: Page, middle: Position, boxes: number): Promise<void> {
  const side = Math.sqrt((boxes / 10) * 1048 * 1120) * (await measured.zoomOf(page));
  await page.mouse.move(middle.x - side / 2, middle.y - side / 2);
  await page.mouse.down();
  await page.mouse.move(middle.x + side / 2, middle.y + side / 2, { steps: 12 });
  await page.mouse.up();
  await page.waitForTimeout(300);
}

async function typeInForm(page: Page, target: Target): Promise<{ frames: measured.Frames; keyMilliseconds: number }> {
  const field = target.field(page);
  // A page that could not keep up with the pointer has no box selected now: it has no figure here.
  const isThere = await field.waitFor({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );
  if (!isThere) return { frames: { fps: Number.NaN, p95: Number.NaN, paint: Number.NaN }, keyMilliseconds: Number.NaN };
  await field.click();
  const type = async () => {
    for (let letter = 0; letter < 30; letter++) {
      await page.keyboard.press(letter % 2 === 0 ? '1' : 'Backspace');
      await page.waitForTimeout(40);
    }
  };
  const frames = await measured.countFrames(page, type);
  const keyMilliseconds = await keyWork(page, type);
  await page.waitForTimeout(300);
  return { frames, keyMilliseconds };
}

/** The built server with a graph of each size; every box but some stands as if it had been applied. */
async function startWithGraphs(dataDir: string, sizes: readonly number[]): Promise<ServerProcess> {
  const server = await startServerProcess(dataDir);
  await server.call('POST', 'projects', { name: 'canvas' });
  for (const boxes of sizes) {
    const name = `boxes-${boxes}`;
    const target = { kind: 'sandbox' };
    await server.call('POST', 'projects/canvas/environments', { name, class: 'development', target });
    const body = { base: 0, mode: 'draft', ...districts(boxes) };
    await server.call<GraphSaved>('PUT', `projects/canvas/environments/${name}/graph`, body);
  }
  await server.stop();
  const store = await openStore({ dataDir, masterKey: loadMasterKey(dataDir, {}).key });
  for (const boxes of sizes) {
    const { id } = await findEnvironment(store, 'canvas', `boxes-${boxes}`);
    const { graph } = districts(boxes);
    await store.transaction(async () => {
      for (const [index, { id: node, name, module, version }] of graph.nodes.entries()) {
        if (index % 7 === 3) continue;
        const connections = graph.connections.filter((line) => line.to.node === node).map((line) => line.id);
        await store.deployments.put(id, {
          ...{ node, name, module, version, connections, digest: '', inputsDigest: '', run: 'bench', revision: 1 },
          ...{ at: new Date().toISOString(), status: index % 50 === 5 ? 'failed' : 'live', dependsOn: [] },
          ...{ request: {}, resourceTypes: [], protected: false },
        });
      }
    });
  }
  await store.close();
  return startServerProcess(dataDir);
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The bare page, built for production like ours, behind a server of its own. */
async function serveBare(outDir: string): Promise<{ address: string; close(): void }> {
  const root = fileURLToPath(new URL('./bare-canvas/', import.meta.url));
  await build({
    root,
    configFile: false,
    base: './',
    logLevel: 'error',
    build: { outDir, target: 'es2022', minify: true },
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bare');
    const size = /^\/graph-(\d+)\.json$/.exec(pathname)?.[1];
    try {
      const file = join(outDir, pathname === '/' ? 'index.html' : pathname);
      response.setHeader('content-type', size ? 'application/json' : (types[extname(file)] ?? 'text/plain'));
      response.end(size ? JSON.stringify(districts(Number(size))) : readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
