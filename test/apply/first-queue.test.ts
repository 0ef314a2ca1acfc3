// First sight of the whole way below the product: synthesized roots, applied by the real engine on the sandbox.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEnvironment } from '../../modules/construct/testing.ts';
import { type CloudObject, type ObjectStore, type Sandbox, startSandbox } from '../../server/sandbox/index.ts';
import { synthesizeInProcess } from '../../server/synth/synthesize-in-process.ts';
import type { SynthRequest, SynthResult } from '../../server/synth/types.ts';
import { firstEngine } from '../helpers/engine.ts';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'plumbline-queue-'));
const objects = new Map<string, CloudObject>();
let sandbox: Sandbox;

const store: ObjectStore = {
  get: async (type, id) => structuredClone(objects.get(`${type}/${id}`)),
  insert: async (object) => {
    const taken = objects.has(`${object.type}/${object.id}`);
    if (!taken) objects.set(`${object.type}/${object.id}`, structuredClone(object));
    return !taken;
  },
  update: async (object) => void objects.set(`${object.type}/${object.id}`, structuredClone(object)),
  remove: async (type, id) => objects.delete(`${type}/${id}`),
  list: async (type) => [...objects.values()].filter((object) => !type || object.type === type),
};

beforeAll(async () => {
  const { region, account } = testEnvironment.target;
  sandbox = await startSandbox({ region, account, store, faults: async () => [], socketDir: work, resourceTypes: [] });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(work, { recursive: true });
});

const topic: SynthRequest = {
  environment: testEnvironment,
  node: {
    id: 'events',
    name: 'Events',
    module: 'aws-topic',
    version: '1.0.0',
    params: { fifo: false, displayName: '', encrypted: true, tracing: false },
  },
  inputs: [],
  protected: false,
};

function queue(unknown: string[]): SynthRequest {
  const params = {
    fifo: false,
    visibilityTimeoutSeconds: 30,
    retentionDays: 4,
    maximumReceives: 5,
    deadLetterRetentionDays: 14,
    receiveWaitSeconds: 20,
    delaySeconds: 0,
  };
  const connection = {
    id: 'events-orders',
    from: { node: 'events', port: 'topic' },
    to: { node: 'orders', port: 'subscribesTo' },
    grants: ['subscribe'],
  };
  return {
    environment: testEnvironment,
    node: { id: 'orders', name: 'Orders', module: 'aws-queue', version: '1.0.0', params },
    inputs: [
      {
        connection,
        contract: 'aws-topic@1.0.0',
        port: 'subscribesTo',
        producer: { node: 'events', name: 'Events' },
        unknown,
      },
    ],
    protected: false,
  };
}

async function synthesize(request: SynthRequest): Promise<SynthResult> {
  const [result] = await synthesizeInProcess([request]);
  if (!result) throw new Error('no result');
  sandbox.serve(result.resourceTypes);
  return result;
}

/** Runs the engine on a root in a folder of its own, with a local backend in place of ours. */
async function engine(folder: string, result: SynthResult, args: string[], variables: Record<string, unknown> = {}) {
  const { kind, path } = await firstEngine();
  const cwd = join(work, folder);
  await mkdir(cwd, { recursive: true });
  writeFileSync(join(cwd, 'main.tf.json'), JSON.stringify(result.root));
  writeFileSync(join(cwd, 'backend_override.tf.json'), JSON.stringify({ terraform: { backend: { local: {} } } }));
  const { TF_CLI_CONFIG_FILE: _file, AWS_CA_BUNDLE: _bundle, ...rest } = process.env;
  const values = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, String(value)]),
  );
  const env = { ...rest, ...values, TF_REATTACH_PROVIDERS: sandbox.reattach(kind), TF_IN_AUTOMATION: '1' };
  await run(path, ['init', '-input=false', '-no-color'], { cwd, env });
  const { stdout } = await run(path, args, { cwd, env });
  return stdout;
}

const apply = ['apply', '-auto-approve', '-input=false', '-no-color'];
const output = ['output', '-json'];

describe('a topic and a queue that subscribes to it', () => {
  it('plans the queue before the topic exists, with the topic as known after apply', async () => {
    const planned = await engine('planned', await synthesize(queue(['arn'])), ['plan', '-input=false', '-no-color']);
    expect(planned).toMatch(/topic_arn\s+= \(known after apply\)/);
    expect(planned).toMatch(/resource "terraform_data" "unknown_events_orders_arn"/);
  });

  it('applies both, lets the topic send, and has nothing left to do', async () => {
    const root = await synthesize(topic);
    await engine('topic', root, apply);
    const { arn } = JSON.parse(await engine('topic', root, output)).topic.value;
    const variables = { in_events_orders_arn: arn };
    const consumer = await synthesize(queue([]));
    await engine('queue', consumer, apply, variables);
    const published = JSON.parse(await engine('queue', consumer, output, variables));
    expect(published.queue.value).toMatchObject({ name: 'shop-dev-orders', region: 'eu-central-1', fifo: false });
    const policy = [...objects.values()].find(
      ({ type, id }) => type === 'aws_sqs_queue_policy' && !id.includes('dead-letters'),
    );
    expect(JSON.parse(String(policy?.attributes.policy)).Statement[1]).toEqual({
      Sid: 'eventsorderssubscribe',
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: [published.queue.value.arn],
      Condition: { ArnEquals: { 'aws:SourceArn': [arn] } },
    });
    const again = await engine('queue', consumer, ['plan', '-input=false', '-no-color'], variables);
    expect(again).toContain('No changes.');
  });

  it('destroys both and leaves nothing in the cloud', async () => {
    const variables = { in_events_orders_arn: 'arn:aws:sns:eu-central-1:000000000000:shop-dev-events' };
    await engine('queue', await synthesize(queue([])), ['destroy', '-auto-approve', '-no-color'], variables);
    await engine('topic', await synthesize(topic), ['destroy', '-auto-approve', '-no-color']);
    expect(objects.size).toBe(0);
  });
});
