// Runs through the product's own services: the real engine on the sandbox, state in our backend.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Run, Step } from '../../schemas/generated/types.ts';
import { graph, node, pipeline } from '../fixtures/graphs.ts';
import { openProduct, type Product } from '../helpers/product.ts';

let product: Product;
let environment: Awaited<ReturnType<Product['environment']>>;
let count = 0;

beforeAll(async () => {
  product = await openProduct();
});
afterAll(async () => {
  await product.close();
  product.remove();
});
beforeEach(() => {
  count += 1;
});

const name = () => `env${count}`;
const open = async (...args: Parameters<Product['environment']>) => {
  environment = await product.environment(args[0], { name: name(), ...args[1] });
};
const run = (...[request]: Parameters<Product['run']>) => product.run(request, 'shop', name());
const statuses = (result: Run) => Object.fromEntries(result.steps.map((step) => [step.id, step.status]));
const step = (result: Run, id: string): Step => {
  const found = result.steps.find((each) => each.id === id);
  if (!found) throw new Error(`no step ${id}`);
  return found;
};
const objects = async () => product.store.sandboxObjects(environment.id).list();
const state = async (
  id: string,
): Promise<{ resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[] }> => {
  const bytes = await product.store.states.latest(environment.id, id);
  return bytes ? JSON.parse(bytes.toString('utf8')) : { resources: [] };
};

it('plans what was edited a moment ago, as a revision of its own', async () => {
  await open(graph([node('one', 'aws-queue')]));
  const two = { path: ['nodes', 'two'] as [string, string], value: node('two', 'aws-queue'), create: true as const };
  await product.documents.take(environment.id, { client: 'page-one', batch: 1, operations: [two] }, 'test');
  const plan = await run({ kind: 'plan' });
  expect([plan.revision, plan.steps.map(({ id }) => id)]).toEqual([2, ['one', 'two']]);
});

it('compiles no graph that is not sound, and says of a box that is not what its settings alone say: nothing', async () => {
  await open(graph([node('one', 'aws-queue'), node('db', 'aws-postgres')]));
  await expect(product.runs.synth('shop', name())).rejects.toMatchObject({
    code: 'graph-refused',
    details: { issues: [{ code: 'missing-input', node: 'db' }] },
  });
  expect(await product.runs.declared('shop', name(), 'db')).toEqual({});
  expect(await product.runs.declared('shop', name(), 'one')).toMatchObject({ queue: { region: 'eu-central-1' } });
});

describe('a pipeline of a topic, queues and a function', () => {
  it('is planned before anything exists, approved, applied, changed, healed and destroyed with nothing left', async () => {
    await open(pipeline());
    const plan = await run({ kind: 'plan' });
    expect(plan.status).toBe('waiting');
    expect(step(plan, 'worker').unknownInputs).toContain('jobs-worker.arn');
    const mapping = step(plan, 'worker').changes.find((change) => change.type === 'aws_lambda_event_source_mapping');
    expect(mapping?.attributes).toContainEqual(expect.objectContaining({ path: 'event_source_arn', unknown: true }));
    expect(await objects()).toEqual([]);

    await product.runs.approve(plan.id, {}, 'test');
    const applied = await product.settled(plan.id);
    expect(statuses(applied)).toEqual({
      events: 'succeeded',
      jobs: 'succeeded',
      results: 'succeeded',
      worker: 'succeeded',
    });
    expect(applied.totals).toEqual(plan.totals);
    const policies = (await state('worker')).resources.filter((each) => each.type === 'aws_iam_role_policy');
    expect(policies.map((each) => each.name).sort()).toEqual(
      expect.arrayContaining(['grant_jobs_worker', 'grant_results_worker']),
    );

    const again = await run({ kind: 'apply', approve: true });
    expect(new Set(Object.values(statuses(again)))).toEqual(new Set(['skipped']));
    expect(await product.runs.logs(again.id, {})).toEqual([]);

    await product.save(environment, pipeline({ visibility: 130 }));
    const changed = await run({ kind: 'apply', approve: true });
    expect(statuses(changed)).toEqual({ events: 'skipped', jobs: 'succeeded', results: 'skipped', worker: 'skipped' });
    expect(step(changed, 'jobs').totals).toEqual({ create: 0, change: 1, replace: 0, delete: 0 });

    const topic = (await objects()).find((each) => each.type === 'aws_sns_topic');
    await product.store.sandboxObjects(environment.id).remove('aws_sns_topic', topic?.id ?? '');
    const unseen = await run({ kind: 'apply', approve: true });
    expect(statuses(unseen).events).toBe('skipped');
    const healed = await run({ kind: 'apply', approve: true, refresh: true });
    expect(healed.status).toBe('succeeded');
    expect(step(healed, 'events').totals.create).toBeGreaterThan(0);

    const destroyed = await run({ kind: 'destroy', approve: true });
    expect(destroyed.status).toBe('succeeded');
    expect(await objects()).toEqual([]);
    expect(await product.store.deployments.list(environment.id)).toEqual([]);
    expect(product.bugs).toEqual([]);
  });

  it('changes only the policy of the line whose grants changed', async () => {
    await open(pipeline());
    await run({ kind: 'apply', approve: true });
    await product.save(environment, pipeline({ sendGrants: ['receive'] }));
    const result = await run({ kind: 'apply', approve: true });
    expect(statuses(result)).toEqual({ events: 'skipped', jobs: 'skipped', results: 'skipped', worker: 'succeeded' });
    expect(step(result, 'worker').changes.map((change) => change.address)).toEqual([
      'aws_iam_role_policy.grant_results_worker',
    ]);
    const policy = (await state('worker')).resources.find((each) => each.name === 'grant_results_worker');
    const document = JSON.stringify(policy?.instances[0]?.attributes.policy);
    expect(document).toContain('sqs:ReceiveMessage');
    expect(document).not.toContain('sqs:SendMessage');
  });

  it('destroys a node that left the graph after its consumer has let go', async () => {
    await open(pipeline());
    await run({ kind: 'apply', approve: true });
    const whole = pipeline();
    await product.save(environment, {
      ...whole,
      nodes: whole.nodes.filter((each) => each.id !== 'results'),
      connections: whole.connections.filter((each) => each.id !== 'results-worker'),
    });
    const result = await run({ kind: 'apply', approve: true });
    expect(result.status).toBe('succeeded');
    expect(step(result, '~results').dependsOn).toEqual(['worker']);
    expect((await objects()).some((each) => each.owner === 'results')).toBe(false);
  });
});

describe('a run that meets trouble', () => {
  it('stops only what depends on the failure, and goes on where it is resumed', async () => {
    await open(pipeline());
    await product.store.faults.add(environment.id, { kind: 'denied', type: 'aws_sns_topic', operation: 'create' });
    const failed = await run({ kind: 'apply', approve: true });
    expect(failed.status).toBe('failed');
    expect(statuses(failed)).toEqual({ events: 'failed', jobs: 'blocked', results: 'succeeded', worker: 'blocked' });
    expect(failed.error?.code).toBe('denied');
    for (const fault of await product.store.faults.list(environment.id))
      await product.store.faults.remove(environment.id, fault.id);
    await product.runs.resume(failed.id, 'test');
    const resumed = await product.settled(failed.id);
    expect(resumed.status).toBe('succeeded');
    expect(statuses(resumed)).toEqual({
      events: 'succeeded',
      jobs: 'succeeded',
      results: 'succeeded',
      worker: 'succeeded',
    });
    expect(await product.store.states.locks(environment.id)).toEqual([]);
  });

  it('takes up a half-made node: the second try changes only what is missing', async () => {
    await open(graph([node('jobs', 'aws-queue')]));
    await product.store.faults.add(environment.id, {
      kind: 'throttled',
      type: 'aws_sqs_queue_policy',
      operation: 'create',
      nth: 1,
    });
    const failed = await run({ kind: 'plan' });
    await product.runs.approve(failed.id, {}, 'test');
    const half = await product.settled(failed.id);
    expect(half.status).toBe('failed');
    const made = (await objects()).length;
    expect(made).toBeGreaterThan(0);
    await product.runs.resume(failed.id, 'test');
    const whole = await product.settled(failed.id);
    expect(whole.status).toBe('succeeded');
    expect(step(whole, 'jobs').totals.create).toBeLessThan(5);
  });

  it('asks again where something changed behind an approval', async () => {
    await open(graph([node('jobs', 'aws-queue'), node('other', 'aws-topic')]));
    await run({ kind: 'apply', approve: true });
    await product.save(
      environment,
      graph([node('jobs', 'aws-queue', { visibilityTimeoutSeconds: 99 }), node('other', 'aws-topic')]),
    );
    const plan = await run({ kind: 'plan' });
    await product.store.plans.removeRun(plan.id);
    const queue = (await objects()).find((each) => each.type === 'aws_sqs_queue' && !each.id.includes('dead'));
    await product.store.sandboxObjects(environment.id).remove('aws_sqs_queue', queue?.id ?? '');
    await product.runs.approve(plan.id, {}, 'test');
    const asking = await product.settled(plan.id);
    expect(asking.status).toBe('waiting');
    expect(asking.needs).toEqual([expect.objectContaining({ kind: 'approval', node: 'jobs' })]);
    await product.runs.approve(plan.id, {}, 'test');
    expect((await product.settled(plan.id)).status).toBe('succeeded');
  });

  it('can be cancelled, keeps what was made, and can be resumed', async () => {
    await open(pipeline());
    const begun = await product.runs.create('shop', name(), { kind: 'apply', approve: true }, 'test');
    await product.runs.cancel(begun.id, 'test');
    const cancelled = await product.settled(begun.id);
    expect(cancelled.status).toBe('cancelled');
    expect(await product.store.states.locks(environment.id)).toEqual([]);
    await product.runs.resume(begun.id, 'test');
    expect((await product.settled(begun.id)).status).toBe('succeeded');
  });

  it('stores how it ended when the store takes writes again', async () => {
    await open(graph([node('jobs', 'aws-queue')]));
    const { saveStep } = product.store.runs;
    product.store.runs.saveStep = () => Promise.reject(new Error('the disk is full'));
    const begun = await product.runs.create('shop', name(), { kind: 'apply', approve: true }, 'test');
    while (product.runs.isBusy(environment.id)) await new Promise((resolve) => setTimeout(resolve, 20));
    product.store.runs.saveStep = saveStep;
    product.bugs.length = 0;
    expect((await product.runs.get(begun.id)).status).toBe('failed');
    await product.runs.resume(begun.id, 'test');
    expect((await product.settled(begun.id)).status).toBe('succeeded');
  });

  it('lets one of two begin where both are asked for at once', async () => {
    await open(graph([node('jobs', 'aws-queue')]));
    const ask = () => product.runs.create('shop', name(), { kind: 'plan' }, 'test');
    const both = await Promise.allSettled([ask(), ask()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'run-in-progress' } });
    const begun = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    for (const { id } of begun) expect((await product.settled(id)).status).toBe('waiting');
  });

  it('refuses --only where a producer has published nothing, and takes it where it has', async () => {
    await open(pipeline());
    await expect(
      product.runs.create('shop', name(), { kind: 'apply', only: ['worker'], approve: true }, 'test'),
    ).rejects.toMatchObject({ code: 'nothing-published' });
    expect((await run({ kind: 'apply', only: ['events'], approve: true })).status).toBe('succeeded');
    const second = await run({ kind: 'apply', only: ['jobs'], approve: true });
    expect(statuses(second)).toEqual({ jobs: 'succeeded' });
  });
});

describe('a node that holds data', () => {
  const table = (id: string) => graph([node(id, 'aws-table', { partitionKey: 'id' })]);

  it('is destroyed only when its name is typed, its protection turned off in an apply of its own', async () => {
    await open(table('people'), { class: 'production', protection: true });
    await run({ kind: 'apply', approve: true });
    const made = (await objects()).find((each) => each.type === 'aws_dynamodb_table');
    expect(made?.attributes.deletion_protection_enabled).toBe(true);
    const asked = await run({ kind: 'destroy' });
    expect(asked.needs).toContainEqual(expect.objectContaining({ kind: 'name', name: 'people' }));
    await expect(product.runs.approve(asked.id, {}, 'test')).rejects.toMatchObject({ code: 'run-needs' });
    await product.runs.approve(asked.id, { confirm: ['people'] }, 'test');
    const gone = await product.settled(asked.id);
    expect(gone.error).toBeUndefined();
    expect(gone.status).toBe('succeeded');
    expect(step(gone, '~people').phases.map((phase) => phase.name)).toContain('unprotect');
    expect(await objects()).toEqual([]);
  });

  it('stops a run approved beforehand where a replacement would lose the data', async () => {
    await open(table('people'), { class: 'production', protection: true });
    await run({ kind: 'apply', approve: true });
    await product.save(environment, graph([node('people', 'aws-table', { partitionKey: 'email' })]));
    const stopped = await run({ kind: 'apply', approve: true });
    expect(stopped.status).toBe('waiting');
    expect(stopped.needs).toEqual([expect.objectContaining({ kind: 'name', name: 'people' })]);
    await product.runs.approve(stopped.id, { confirm: ['people'] }, 'test');
    const replaced = await product.settled(stopped.id);
    expect(replaced.error).toBeUndefined();
    expect(replaced.status).toBe('succeeded');
    expect(step(replaced, 'people').totals.replace).toBe(1);
    const made = (await objects()).find((each) => each.type === 'aws_dynamodb_table');
    expect(made?.attributes).toMatchObject({ hash_key: 'email', deletion_protection_enabled: true });
  });
});

it('synthesizes roots that stand alone: a local backend and the known values', async () => {
  await open(pipeline());
  await run({ kind: 'apply', only: ['events'], approve: true });
  const { files } = await product.runs.synth('shop', name());
  const root = JSON.parse(files['jobs/main.tf.json'] ?? '{}');
  expect(root.terraform.backend).toEqual({ local: { path: 'terraform.tfstate' } });
  expect(Object.values(JSON.parse(files['jobs/terraform.tfvars.json'] ?? '{}'))).toContain(
    (await product.store.artifacts.list(environment.id))[0]?.value.arn,
  );
});
