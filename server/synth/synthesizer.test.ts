import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { testEnvironment } from '../../modules/construct/testing.ts';
import { PlumblineError } from '../errors.ts';
import { synthesizeInProcess } from './synthesize-in-process.ts';
import { createSynthesizer, type Synthesizer } from './synthesizer.ts';
import type { SynthRequest } from './types.ts';

// Each worker compiles the sources anew, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const queueParams = {
  fifo: false,
  visibilityTimeoutSeconds: 30,
  retentionDays: 4,
  maximumReceives: 5,
  deadLetterRetentionDays: 14,
  receiveWaitSeconds: 20,
  delaySeconds: 0,
};

function request(id: string, module = 'aws-queue', params: Record<string, unknown> = queueParams): SynthRequest {
  return {
    environment: testEnvironment,
    node: { id, name: 'Orders', module, version: '1.0.0', params },
    inputs: [],
    protected: false,
  };
}

const fixtures = mkdtempSync(join(tmpdir(), 'plumbline-synth-'));
afterAll(() => rmSync(fixtures, { recursive: true }));

writeFileSync(join(fixtures, 'package.json'), '{"type":"module"}');

async function fixtureModule(id: string, stack: string): Promise<void> {
  await mkdir(join(fixtures, id));
  const manifest = { schemaVersion: 1, id, version: '1.0.0', inputs: {}, outputs: {}, params: {}, presets: {} };
  writeFileSync(join(fixtures, id, 'module.json'), JSON.stringify(manifest));
  writeFileSync(join(fixtures, id, 'stack.ts'), stack);
}

let synthesizer: Synthesizer | undefined;
afterEach(() => synthesizer?.close());

describe('createSynthesizer', () => {
  it('gives in its worker the same roots, in order, as in process', async () => {
    synthesizer = createSynthesizer();
    const requests = [request('orders'), request('refunds')];
    const results = await synthesizer.synthesize(requests);
    expect(results).toEqual(await synthesizeInProcess(requests));
    expect(results.map(({ node }) => node)).toEqual(['orders', 'refunds']);
    expect(results[0]?.digest).not.toBe(results[1]?.digest);
  });

  it('says which module version is not published, and works on', async () => {
    synthesizer = createSynthesizer();
    const refused = synthesizer.synthesize([request('x', 'aws-rocket')]);
    await expect(refused).rejects.toMatchObject({
      code: 'synth-failed',
      detail: expect.stringContaining('aws-rocket@1.0.0, which is not published'),
    });
    expect(await synthesizer.synthesize([request('orders')])).toHaveLength(1);
  });

  it('rejects the batch when the worker dies, and starts another for the next', async () => {
    await fixtureModule('dies', 'export default () => process.exit(7);');
    synthesizer = createSynthesizer({ modulesDir: fixtures });
    const lost = synthesizer.synthesize([request('x', 'dies', {})]);
    await expect(lost).rejects.toThrow(PlumblineError);
    await expect(lost).rejects.toThrow('The thread that compiles modules stopped');
    expect(await synthesizer.synthesize([request('orders')])).toHaveLength(1);
  });

  it('names the node and the reason when a stack returns no output that its manifest promises', async () => {
    await fixtureModule('surplus', 'export default () => ({ queue: {} });');
    synthesizer = createSynthesizer({ modulesDir: fixtures });
    await expect(synthesizer.synthesize([request('x', 'surplus', {})])).rejects.toMatchObject({
      detail: 'Node x (surplus@1.0.0) cannot be synthesized: Module surplus returns queue, but has no such output.',
    });
  });

  it('ends its worker when idle, and starts a fresh one for the next batch', async () => {
    await fixtureModule('counts', 'let calls = 0; export default () => { throw new Error(`call ${++calls}`); };');
    synthesizer = createSynthesizer({ modulesDir: fixtures, idleMs: 0 });
    const call = () => expect(synthesizer?.synthesize([request('x', 'counts', {})])).rejects;
    await call().toMatchObject({ detail: expect.stringContaining('call 1') });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await call().toMatchObject({ detail: expect.stringContaining('call 1') });
  });
});
