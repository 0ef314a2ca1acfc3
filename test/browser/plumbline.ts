// A built server on a data folder of its own, and pages of a headless Chromium that look at it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { EnvironmentCreate, Graph, GraphSaved, Layout, Run } from '../../schemas/generated/types.ts';
import { type ServerProcess, startServerProcess } from '../helpers/server-process.ts';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The project and environment that a new installation begins with. */
export const DEMO = 'orders/development';

/** What a browser may say of a server that goes away, in whichever of its ways it notices. */
export const AWAY = 'net::ERR_';

export interface Drawn {
  graph: Graph;
  layout?: Layout;
}

interface Options {
  env?: NodeJS.ProcessEnv;
  /** What node runs instead of the build. */
  program?: string[];
}

export type Plumbline = Awaited<ReturnType<typeof openPlumbline>>;

/** Starts the server and a browser; `close` ends both and removes the data. */
export async function openPlumbline({ env = {}, program }: Options = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-browser-'));
  const start = (port: string) =>
    startServerProcess(dataDir, { env: { ...env, PLUMBLINE_PORT: port }, ...(program ? { program } : {}) });
  let server: ServerProcess = await start('0');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: flags,
  });
  const pages: WatchedPage[] = [];
  return {
    browser,
    address: server.address,
    /** Calls the API as a second client would. */
    call: <T>(...call: Parameters<ServerProcess['call']>) => server.call<T>(...call),
    stopServer: () => server.stop(),
    /** Starts it again on the same data and the same port. */
    async restartServer() {
      server = await start(new URL(server.address).port);
    },
    /** Makes an environment of its own for a test; returns `project/environment`. */
    async environment(project: string, drawn: Drawn, more: Partial<EnvironmentCreate> = {}): Promise<string> {
      await server.call('POST', 'projects', { name: project });
      const body: EnvironmentCreate = { name: 'dev', class: 'development', target: { kind: 'sandbox' }, ...more };
      await server.call('POST', `projects/${project}/environments`, body);
      const saved = { base: 0, mode: 'draft', ...drawn };
      await server.call<GraphSaved>('PUT', `projects/${project}/environments/${body.name}/graph`, saved);
      return `${project}/${body.name}`;
    },
    /** What stands on the server. */
    graph: async (scope: string): Promise<Graph> =>
      (await server.call<{ graph: Graph }>('GET', `${pathOf(scope)}/graph`)).graph,
    /** Plans and applies without the page; returns the run as it ended. */
    async apply(scope: string): Promise<Run> {
      const run = await server.call<Run>('POST', `${pathOf(scope)}/runs`, { kind: 'plan' });
      await settled(server, run.id);
      await server.call('POST', `runs/${run.id}/approve`, {});
      return settled(server, run.id);
    },
    /** Opens a page in a browser profile of its own, of somebody who has seen the tour unless it is the first visit. */
    async page(
      scope = '',
      { isFirstVisit = false, ...options }: BrowserContextOptions & { isFirstVisit?: boolean } = {},
    ): Promise<WatchedPage> {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      if (!isFirstVisit) await context.addInitScript(() => localStorage.setItem('plumbline.tour', 'seen'));
      const watched = await watch(context);
      pages.push(watched);
      await watched.page.goto(`${server.address}/${scope && `#/${scope}`}`);
      return watched;
    },
    /** Closes what a test opened; returns what their consoles complained of. */
    async closePages(): Promise<string[]> {
      const closing = pages.splice(0);
      const complaints = closing.flatMap((watched) => watched.complaints);
      await Promise.all(closing.map(({ page }) => page.context().close()));
      return complaints;
    },
    async close() {
      await browser.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const pathOf = (scope: string) => `projects/${scope.replace('/', '/environments/')}`;

async function settled(server: ServerProcess, id: string): Promise<Run> {
  for (;;) {
    const run = await server.call<Run>('GET', `runs/${id}`);
    if (run.status !== 'planning' && run.status !== 'applying') return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export interface WatchedPage {
  page: Page;
  /** Errors of the console, uncaught exceptions and refusals of the content security policy. */
  complaints: string[];
  /** The test makes these happen: console errors that contain one of the texts are no complaint. */
  expect(...texts: string[]): void;
}

async function watch(context: BrowserContext): Promise<WatchedPage> {
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const expected: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    const text = `${message.text()} ${message.location().url}`;
    const isBad = message.type() === 'error' || /content security policy/i.test(text);
    if (isBad && !expected.some((part) => text.includes(part))) complaints.push(text);
  });
  return { page, complaints, expect: (...texts) => void expected.push(...texts) };
}
