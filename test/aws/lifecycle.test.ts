// The life of the demo graph and of every module with every preset, on the real provider: applied, read again, changed, healed, destroyed.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Artifact,
  AttributeChange,
  Graph,
  GraphNode,
  ResourceChange,
  Run,
  Step,
} from '../../schemas/generated/types.ts';
import { resolveParams } from '../../schemas/rules/resolve-params.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';
import { openCloud } from './carried-cloud.ts';
import { withCatalogue } from './catalogue-graph.ts';
import { callEmulator } from './emulator-call.ts';
import { isCounted, isSeen, type Place, type Thing, takeInventory } from './inventory.ts';
import { type Live, openLive, wordsOf } from './live.ts';
import { isOpenToTheWorld, networkTable, printNetwork, wrongRows } from './network-table.ts';
import { openPassThrough, type PassThrough, type Rule } from './pass-through.ts';
import { versionsOf, writeTable } from './tables.ts';

interface Defect {
  type: string;
  attribute: string;
  reason: string;
}

const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as unknown;
const defects = read('emulator-defects.json') as Defect[];
/** What the emulator forgets to remove: one for each resource of a type. */
const leftovers = read('emulator-leftovers.json') as { kind: string; of: string; reason: string }[];
const { graph: demo } = read('../../server/services/demo/orders.json') as { graph: Graph };
const { graph, boxes } = withCatalogue(demo);
const { catalog } = loadCatalog();

/** Everything that this region holds is ours, though other proofs use the same emulator. */
const REGION = 'eu-north-1';
/** Another one each time: an endpoint that outlives the tier still holds the snapshots of the last time. */
const NAME = `life${Date.now().toString(36)}`;

/** The one call that the emulator refuses. */
const noTags: Rule = ({ service, action }) =>
  service === 'application-autoscaling' && action === 'ListTagsForResource'
    ? { status: 200, type: 'application/x-amz-json-1.1', body: '{"Tags":{}}' }
    : undefined;

let live: Live;
let passThrough: PassThrough;
let place: Place;
beforeAll(async () => {
  live = await openLive();
  passThrough = await openPassThrough(live.endpoint, noTags);
  place = { endpoint: live.endpoint, region: REGION, prefix: `shop-${NAME}-` };
});
afterAll(async () => {
  await live?.close();
  await passThrough?.close();
});

/** `type attribute`, without list positions and keys, of everything that changes would change. */
function differences(changes: readonly ResourceChange[]): string[] {
  const named = changes.flatMap(({ type, attributes }) =>
    attributes.filter(isReal).map(({ path }) => `${type} ${path.replace(/\["[^"]*"\]|\[\d+\]|\.\d+(?=\.|$)/g, '')}`),
  );
  return [...new Set(named)].sort();
}

/** Whether its params ask for a way in from the internet. */
function isPublic(node: GraphNode): boolean {
  const manifest = catalog.findModule(node.module, node.version);
  return manifest !== undefined && resolveParams(manifest, node).params.loadBalancer === 'public';
}

const isReal = ({ unknown }: AttributeChange) => !unknown;
const changesOf = (run: Run) => run.steps.flatMap((step) => step.changes);
const stepsBy = (run: Run) => new Map(run.steps.map((step) => [step.node, step]));
const keyOf = ({ kind, id }: Thing) => `${kind} ${id}`;
const countBy = (names: readonly (string | undefined)[]) => {
  const counts = new Map<string, number>();
  for (const name of names) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

describe('the demo graph and the whole catalogue in one environment', () => {
  const changed = 'orders-queue';
  let scope = '';
  let before: Thing[] = [];
  let applied: ReadonlyMap<string, Step> = new Map();
  let readAgain: ReadonlyMap<string, Step> = new Map();

  /** How many of each type the apply made. */
  const made = () => countBy([...applied.values()].flatMap(({ changes }) => changes.map(({ type }) => type)));
  const ours = async () => {
    const known = new Set(before.map(keyOf));
    return (await takeInventory(place)).filter((thing) => !known.has(keyOf(thing)));
  };

  it('is applied', async () => {
    before = await takeInventory(place);
    const target = { kind: 'aws-endpoint' as const, region: REGION, endpoint: passThrough.endpoint };
    scope = await live.environment(NAME, graph, { target });
    const run = await live.run(scope, { kind: 'apply', approve: true });
    expect(run.status, wordsOf(run)).toBe('succeeded');
    expect(run.steps).toHaveLength(graph.nodes.length);
    applied = stepsBy(run);
  });

  it('stands in the emulator: the inventory finds as much of each type as was made', async () => {
    expect([...made().keys()].filter((type) => !isSeen(type))).toEqual([]);
    const found = countBy((await ours()).map(({ type }) => type));
    const short = [...made()].filter(([type, count]) => isCounted(type) && (found.get(type) ?? 0) < count);
    expect(short).toEqual([]);
  });

  it('opens the ports that lines and params declare, and no other', async () => {
    const artifacts = await live.call<Artifact[]>('GET', `${live.path(scope)}/artifacts`);
    const cloud = openCloud(live.endpoint, { region: REGION });
    const rowsBy = (declaring: Graph) => networkTable({ cloud, scope, graph: declaring, artifacts });
    const rows = await rowsBy(graph);
    expect(wrongRows(rows)).toEqual([]);
    expect(rows.filter(isOpenToTheWorld).map(({ group }) => group)).toEqual(
      graph.nodes.filter(isPublic).map(({ id }) => `${place.prefix}${id}-load-balancer`),
    );
    printNetwork('network-lifecycle', rows, await versionsOf(live));
    // The same rules are wrong for a graph whose line leads from the database to another box.
    const connections = graph.connections.map((line) =>
      line.id === 'db-to-api' ? { ...line, to: { ...line.to, node: 'aws-container-service-worker' } } : line,
    );
    const opened = { group: `${place.prefix}orders-db`, port: 'tcp 5432' };
    expect(wrongRows(await rowsBy({ ...graph, connections }))).toMatchObject([
      { ...opened, peer: `${place.prefix}aws-container-service-worker`, verdict: 'missing' },
      { ...opened, peer: `${place.prefix}orders-api`, verdict: 'declared by nothing' },
    ]);
  });

  it('shows nothing but the listed defects of the emulator when it is read again', async () => {
    const plan = await live.run(scope, { kind: 'plan', refresh: true });
    expect(['waiting', 'succeeded'], wordsOf(plan)).toContain(plan.status);
    readAgain = stepsBy(plan);
    const listed = defects.map(({ type, attribute }) => `${type} ${attribute}`);
    const seen = differences(changesOf(plan));
    expect(seen.filter((each) => !listed.includes(each))).toEqual([]);
    expect(listed.filter((each) => !seen.includes(each))).toEqual([]);
    if (plan.status === 'waiting') await live.call('POST', `runs/${plan.id}/cancel`, {});
  });

  it('takes one changed param to one box', async () => {
    const nodes = graph.nodes.map((node) =>
      node.id === changed ? { ...node, params: { ...node.params, visibilityTimeoutSeconds: 77 } } : node,
    );
    await live.save(scope, { ...graph, nodes });
    const run = await live.run(scope, { kind: 'apply', approve: true });
    expect(run.status, wordsOf(run)).toBe('succeeded');
    expect(run.steps.filter(({ status }) => status !== 'skipped').map(({ node }) => node)).toEqual([changed]);
  });

  it('makes again, and names in the plan, what was deleted behind its back', async () => {
    const whole = (await ours()).map(keyOf).sort();
    const [subscription, url, bucket] = await Promise.all([
      only('aws_sns_topic_subscription', ''),
      only('aws_sqs_queue', `${NAME}-aws-queue-patient`),
      only('aws_s3_bucket', '-invoices-'),
    ]);
    await deleteBehindItsBack({ subscription, url, bucket });
    const healed = ['orders-queue', 'aws-queue-patient', 'invoices'];
    const plan = await live.run(scope, { kind: 'plan', refresh: true, only: healed });
    expect(plan.status, wordsOf(plan)).toBe('waiting');
    expect(
      plan.steps.flatMap(({ node, changes }) => changes.map((each) => `${node} ${each.action} ${each.address}`)).sort(),
    ).toEqual([
      'aws-queue-patient create aws_sqs_queue.queue',
      'aws-queue-patient create aws_sqs_queue_policy.queue_policy',
      'invoices create aws_s3_bucket_policy.bucket_policy',
      'orders-queue create aws_sns_topic_subscription.subscription_events_to_queue',
    ]);
    await live.call('POST', `runs/${plan.id}/approve`, {});
    const run = await live.settled(plan.id);
    expect(run.status, wordsOf(run)).toBe('succeeded');
    const isOther = (key: string) => !key.includes('ListSubscriptions');
    expect((await ours()).map(keyOf).sort().filter(isOther)).toEqual(whole.filter(isOther));
    expect(await only('aws_sns_topic_subscription', '')).not.toBe(subscription);
    expect(await callEmulator(place, { service: 's3', path: `/${bucket}?policy` })).toContain('aws:SecureTransport');
  });

  it('is destroyed, and the emulator holds nothing that was ours but the snapshots that were asked for', async () => {
    const run = await live.run(scope, { kind: 'destroy', approve: true });
    expect(run.status, wordsOf(run)).toBe('succeeded');
    const kept = boxes
      .filter(({ manifest, node }) => resolveParams(manifest, node).params.finalSnapshot === true)
      .map(({ node }) => `rds DescribeDBSnapshots ${place.prefix}${node.id}-final`);
    const left = await ours();
    const isLeftover = ({ kind }: Thing) => leftovers.some((each) => each.kind === kind);
    expect(
      left
        .filter((thing) => !isLeftover(thing))
        .map(keyOf)
        .sort(),
    ).toEqual(kept.sort());
    for (const { kind, of } of leftovers)
      expect(left.filter((thing) => thing.kind === kind).length, kind).toBe(made().get(of));
    await print(run);
  });

  /** The id of the one thing of a type whose id has these letters. */
  async function only(type: string, letters: string): Promise<string> {
    const ids = (await ours()).filter((thing) => thing.type === type && thing.id.includes(letters)).map(({ id }) => id);
    const [id = '', ...more] = ids.filter((each) => !each.includes('dead-letters'));
    expect(more).toEqual([]);
    return id;
  }

  async function deleteBehindItsBack(gone: { subscription: string; url: string; bucket: string }): Promise<void> {
    const unsubscribe = { Action: 'Unsubscribe', Version: '2010-03-31', SubscriptionArn: gone.subscription };
    await callEmulator(place, {
      service: 'sns',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams(unsubscribe)),
    });
    await callEmulator(place, {
      service: 'sqs',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.DeleteQueue' },
      body: JSON.stringify({ QueueUrl: gone.url }),
    });
    await callEmulator(place, { service: 's3', method: 'DELETE', path: `/${gone.bucket}?policy` });
  }

  async function print(destroyed: Run): Promise<void> {
    const gone = stepsBy(destroyed);
    const row = (module: string, preset: string, nodes: readonly string[]) => {
      const resources = nodes.flatMap((node) => applied.get(node)?.changes ?? []);
      const left = differences(nodes.flatMap((node) => readAgain.get(node)?.changes ?? []));
      const isGone = nodes.every((node) => gone.get(node)?.status === 'succeeded');
      return [
        module,
        preset,
        resources.length,
        'yes',
        left.length === 0 ? 'none' : `${left.length} listed`,
        isGone ? 'yes' : 'no',
      ];
    };
    writeTable('lifecycle', {
      columns: ['module', 'preset', 'resources', 'applied', 'differences when read again', 'destroyed'],
      rows: [
        row(
          'demo graph',
          `${demo.nodes.length} boxes`,
          demo.nodes.map(({ id }) => id),
        ),
        ...boxes.map(({ manifest, node }) => row(manifest.id, node.preset ?? '', [node.id])),
      ],
      versions: await versionsOf(live),
      notes: ['Listed: a defect of the emulator that stands in test/aws/emulator-defects.json with its reason.'],
    });
  }
});
