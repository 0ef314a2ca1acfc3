// An environment moves from one engine to the other and back, with the real engines on the sandbox.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EngineKind } from '../../schemas/generated/types.ts';
import { PROVIDER_REGISTRY } from '../../schemas/rules/engines.ts';
import { writeCliConfig } from '../../server/engine/cli-config.ts';
import type { EngineBinary } from '../../server/engine/engine-types.ts';
import { findEngines } from '../../server/engine/find-engine.ts';
import { initRoot, writeRoot } from '../../server/engine/root-calls.ts';
import { readProviders } from '../../server/engine/state-file.ts';
import { pipeline } from '../fixtures/graphs.ts';
import { openProduct, type Product } from '../helpers/product.ts';

const all = ['events', 'jobs', 'results', 'worker'];
let product: Product;
let scratch: string;
/** What is given in place of an engine. */
let wrapped: Partial<Record<EngineKind, string>>;

async function engineOf(kind: EngineKind): Promise<EngineBinary> {
  const found = (await findEngines({ dataDir: '/nowhere' })).find((engine) => engine.kind === kind);
  if (!found) throw new Error(`no ${kind} on PATH or in PLUMBLINE_ENGINE: this tier needs both engines`);
  return { ...found, path: wrapped[kind] ?? found.path };
}

beforeEach(async () => {
  wrapped = {};
  scratch = mkdtempSync(join(tmpdir(), 'plumbline-engines-'));
  product = await openProduct({ engine: engineOf });
});
afterEach(async () => {
  await product.close();
  product.remove();
  rmSync(scratch, { recursive: true });
  expect(product.bugs).toEqual([]);
});

const switchTo = (kind: EngineKind) => product.runs.switchEngine('shop', 'dev', kind, 'test');
const statuses = (steps: { status: string }[]) => [...new Set(steps.map(({ status }) => status))];

/** Registry hosts of the providers in each node's state. */
async function hosts(environment: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const node of all) {
    const state = await product.store.states.read({ environment, node });
    const addresses = state ? readProviders(state).filter((address) => address.endsWith('/hashicorp/aws')) : [];
    found[node] = addresses.map((address) => address.split('/')[0] ?? '');
  }
  return found;
}

const everywhere = (kind: EngineKind) => Object.fromEntries(all.map((node) => [node, [PROVIDER_REGISTRY[kind]]]));

it('goes to OpenTofu and back: nothing is planned anew, and each engine applies and destroys', async () => {
  const environment = await product.environment(pipeline(), { engine: 'terraform' });
  expect((await product.run({ kind: 'apply', approve: true })).error).toBeUndefined();
  expect(await hosts(environment.id)).toEqual(everywhere('terraform'));
  expect(await switchTo('tofu')).toEqual({ from: 'terraform', to: 'tofu', nodes: all });
  expect(await hosts(environment.id)).toEqual(everywhere('tofu'));
  expect((await product.store.environments.get(environment.id))?.document.engine).toBe('tofu');
  const same = await product.run({ kind: 'apply', approve: true, refresh: true });
  expect(same).toMatchObject({ status: 'succeeded', totals: { create: 0, change: 0, replace: 0, delete: 0 } });
  await product.save(environment, pipeline({ visibility: 90 }));
  const changed = await product.run({ kind: 'apply', approve: true });
  expect(changed).toMatchObject({ status: 'succeeded', totals: { create: 0, replace: 0, delete: 0 } });
  expect(changed.totals.change).toBeGreaterThan(0);
  expect((await switchTo('terraform')).nodes).toEqual(all);
  expect((await product.run({ kind: 'destroy', approve: true })).status).toBe('succeeded');
  expect(await product.store.sandboxObjects(environment.id).list()).toEqual([]);
  const [, last] = (await product.store.audit.list(environment.id)).filter(({ what }) => what === 'environment.engine');
  expect(last).toMatchObject({ before: { engine: 'terraform' }, after: { engine: 'tofu', nodes: all } });
});

it('that stops half-way is said, refuses to plan what it rewrote, and goes on from there', async () => {
  const environment = await product.environment(pipeline(), { engine: 'terraform' });
  await product.run({ kind: 'apply', approve: true });
  // The third rewriting fails, and every one after it.
  const count = join(scratch, 'count');
  const { path } = await engineOf('tofu');
  wrapped.tofu = join(scratch, 'tofu');
  writeFileSync(
    wrapped.tofu,
    `#!/bin/sh\nif [ "$1" = state ]; then\n  mkdir -p ${count}; mkdir ${count}/1 2>/dev/null || mkdir ${count}/2 2>/dev/null || { echo 'Error: no room' >&2; exit 1; }\nfi\nexec ${path} "$@"\n`,
    { mode: 0o755 },
  );
  const failure = await switchTo('tofu').then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({
    code: 'engine-switch',
    message: '2 of 4 states were rewritten for OpenTofu; the environment stays with Terraform.',
    details: { fix: expect.stringContaining('goes on with the rest') },
  });
  const moved = Object.entries(await hosts(environment.id)).filter(([, [host]]) => host === PROVIDER_REGISTRY.tofu);
  expect(moved).toHaveLength(2);
  expect(await product.store.states.locks(environment.id)).toEqual([]);
  const refused = await product.run({ kind: 'plan', refresh: true });
  expect(refused).toMatchObject({ status: 'failed', error: { code: 'engine-mismatch' } });
  expect(refused.error?.hint).toContain('plumbline env engine shop/dev tofu');
  expect(statuses(refused.steps)).toEqual(['pending']);
  wrapped = {};
  const rest = all.filter((node) => !moved.some(([name]) => name === node));
  expect((await switchTo('tofu')).nodes).toEqual(rest);
  expect(await hosts(environment.id)).toEqual(everywhere('tofu'));
  expect(await product.run({ kind: 'apply', approve: true, refresh: true })).toMatchObject({ status: 'succeeded' });
  expect((await product.run({ kind: 'destroy', approve: true })).status).toBe('succeeded');
});

it('is refused while a run is in progress, and while a plan waits', async () => {
  await product.environment(pipeline(), { engine: 'terraform', approval: 'ask' });
  const { id } = await product.runs.create('shop', 'dev', { kind: 'plan' }, 'test');
  await expect(switchTo('tofu')).rejects.toMatchObject({ code: 'run-in-progress' });
  expect((await product.settled(id)).status).toBe('waiting');
  await expect(switchTo('tofu')).rejects.toMatchObject({
    code: 'run-state',
    message: expect.stringContaining('waits'),
  });
  await product.runs.cancel(id, 'test');
  expect(await switchTo('tofu')).toEqual({ from: 'terraform', to: 'tofu', nodes: [] });
});

const providerMirror = process.env.PLUMBLINE_PROVIDER_MIRROR;

it.skipIf(!providerMirror)('takes one mirror for both engines, and each keeps its own lock entry', async () => {
  const dir = join(scratch, 'root');
  await writeRoot(dir, { terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '~> 5.0' } } } });
  const cliConfig = await writeCliConfig({ dataDir: scratch, providerMirror });
  for (const kind of ['terraform', 'tofu', 'terraform'] as const) {
    const call = { dir, cliConfig, engine: await engineOf(kind), target: 'aws' as const, env: {}, timeoutMs: 120_000 };
    await initRoot({ ...call, signal: new AbortController().signal, onLine: () => {} });
    expect(readFileSync(join(dir, '.terraform.lock.hcl'), 'utf8')).toContain(
      `"${PROVIDER_REGISTRY[kind]}/hashicorp/aws"`,
    );
    expect(existsSync(join(dir, '.terraform/providers', PROVIDER_REGISTRY[kind]))).toBe(true);
  }
});
