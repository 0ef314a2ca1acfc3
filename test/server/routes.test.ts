import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  ApiError,
  AuditEntry,
  ConnectionDetail,
  DeployPermissions,
  EffectivePolicy,
  EnvironmentState,
  EnvironmentSummary,
} from '../../schemas/generated/types.ts';
import { pipeline } from '../fixtures/graphs.ts';
import { home, openApp, someRun, type TestApp } from './open-app.ts';

let server: TestApp;
const web = mkdtempSync(join(tmpdir(), 'plumbline-web-'));

beforeAll(async () => {
  mkdirSync(join(web, 'assets'));
  writeFileSync(join(web, 'index.html'), '<title>the page</title>');
  writeFileSync(join(web, 'assets', 'page-1a2b.js'), 'export {}');
  server = await openApp({ webDir: web });
  await server.call('PUT', `${home}/graph`, { base: 0, mode: 'strict', graph: pipeline() });
});
afterAll(async () => {
  await server.close();
  server.remove();
  rmSync(web, { recursive: true, force: true });
});

type Call = [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, status: number, body?: unknown];

const moveOf = (client: string, batch: number) => ({
  ...{ client, batch },
  operations: [{ path: ['positions', 'jobs'], value: { x: 1, y: 2 } }],
});

/** One good call of every route, in an order in which each can succeed; fault and object ids are filled in. */
const calls: Call[] = [
  ['GET', '/api/health', 200],
  ['GET', '/api/ready', 200],
  ['GET', '/api/backup', 200],
  ['GET', '/api/openapi.json', 200],
  ['GET', '/api/modules', 200],
  ['GET', '/api/modules/aws-queue', 200],
  ['GET', '/api/modules/aws-queue/validator.js', 200],
  ['GET', '/api/modules/aws-queue/validator.js?version=9.9.9', 404],
  ['GET', '/api/contracts', 200],
  ['GET', '/api/contracts/aws-queue', 200],
  ['POST', '/api/check', 200, { text: '{}' }],
  ['GET', '/api/projects', 200],
  ['POST', '/api/projects', 201, { name: 'second' }],
  ['POST', '/api/projects/second/environments', 201, { name: 'eu', class: 'production', target: { kind: 'sandbox' } }],
  ['GET', '/api/projects/second/environments/eu', 200],
  ['PATCH', '/api/projects/second/environments/eu', 200, { tags: { team: 'shop' }, approval: 'ask' }],
  ['DELETE', '/api/projects/second/environments/eu', 204],
  ['DELETE', '/api/projects/second', 204],
  ['POST', `${home}/engine`, 200, { engine: 'tofu' }],
  ['POST', `${home}/engine`, 400, { engine: 'pulumi' }],
  ['GET', `${home}/state`, 200],
  ['GET', `${home}/graph`, 200],
  ['PUT', `${home}/graph`, 200, { base: 1, mode: 'draft', graph: pipeline() }],
  ['GET', `${home}/text`, 200],
  ['PUT', `${home}/layout`, 204, { schemaVersion: 1, nodes: {} }],
  ['POST', `${home}/operations`, 200, moveOf('page-one', 1)],
  ['GET', `${home}/issues`, 200],
  ['POST', `${home}/presence`, 204, { client: 'page-one', name: 'Ada', nodes: ['jobs'], connections: [] }],
  ['GET', `${home}/artifacts`, 200],
  ['GET', `${home}/policies/worker`, 200],
  ['GET', `${home}/outputs/jobs`, 200],
  ['GET', `${home}/connections/jobs-worker`, 200],
  ['GET', `${home}/synth`, 200],
  ['GET', `${home}/permissions`, 200],
  ['GET', `${home}/audit`, 200],
  ['GET', `${home}/identity`, 200],
  ['POST', `${home}/runs`, 201, { kind: 'plan' }],
  ['GET', `${home}/runs`, 200],
  ['GET', `${home}/runs?node=jobs`, 200],
  ['GET', '/api/runs/run1', 200],
  ['GET', '/api/runs/run1/logs?after=3&step=jobs', 200],
  ['POST', '/api/runs/run1/approve', 200, {}],
  ['POST', '/api/runs/run1/cancel', 200],
  ['POST', '/api/runs/run1/resume', 200],
  ['GET', `${home}/sandbox/objects`, 200],
  ['GET', `${home}/sandbox/object?type=aws_sqs_queue&id=jobs`, 200],
  ['DELETE', `${home}/sandbox/object?type=aws_sqs_queue&id=jobs`, 204],
  ['GET', `${home}/sandbox/faults`, 200],
  ['POST', `${home}/sandbox/faults`, 201, { kind: 'denied' }],
  ['DELETE', `${home}/sandbox/faults/FAULT`, 204],
];

const object = (id: string) => ({
  ...{
    type: 'aws_sqs_queue',
    id,
    region: 'eu-central-1',
    owner: 'jobs',
    version: 1,
    createdAt: 'now',
    updatedAt: 'now',
  },
  attributes: { name: 'jobs', password: 'canary', mystery: 'canary', nothing: null },
});

test('every route answers as its schema says', async () => {
  await server.store.sandboxObjects(server.environmentId).insert(object('jobs'));
  for (const [method, url, status, body] of calls) {
    const [fault] = await server.store.faults.list(server.environmentId);
    const answer = await server.call(method, url.replace('FAULT', fault?.id ?? 'none'), body);
    expect([method, url, answer.status, answer.status === status ? '' : answer.text]).toEqual([
      method,
      url,
      status,
      '',
    ]);
  }
});

test('what the deploying role needs comes out of the compiled roots, with what was not bound', async () => {
  const { read, write, unbounded, target } = (await server.call('GET', `${home}/permissions`))
    .json as DeployPermissions;
  const queue = 'arn:aws:sqs:eu-central-1:000000000000:shop-dev-jobs';
  expect(read[0]?.Statement[0]).toMatchObject({ Action: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'] });
  expect(write.flatMap(({ Statement }) => Statement).map(({ Resource }) => Resource)).toEqual([[queue]]);
  expect([target, unbounded.map(({ action }) => action)]).toEqual(['sandbox', ['sts:GetCallerIdentity']]);
  expect((await server.call('GET', '/api/projects/shop/environments/none/permissions')).status).toBe(404);
});

test('every route of the OpenAPI document is called above', async () => {
  const { paths } = (await server.call('GET', '/api/openapi.json')).json as { paths: Record<string, object> };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const matches = (pattern: string) => {
    const [method, path = ''] = pattern.split(' ');
    const shape = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
    return calls.some(([called, url]) => called === method && shape.test(url.split('?')[0] ?? ''));
  };
  // The stream and the session have tests of their own.
  const others = (route: string) => route.endsWith('/events') || route.endsWith('/session');
  expect(described.length).toBeGreaterThan(30);
  expect(described.filter((route) => !others(route) && !matches(route))).toEqual([]);
});

test('the OpenAPI document is 3.1 and refers to nothing that it lacks', async () => {
  const document = (await server.call('GET', '/api/openapi.json')).json as Record<string, unknown>;
  expect(document.openapi).toBe('3.1.0');
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  const find = (path: string) =>
    path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
  expect(refs.length).toBeGreaterThan(20);
  expect(refs.filter((path) => find(path) === undefined)).toEqual([]);
});

test('the API page brings no script of its own into the document', async () => {
  const page = (await server.call('GET', '/api/docs/')).text;
  expect(page).toContain('swagger-ui');
  expect([...page.matchAll(/<script(?![^>]*\ssrc=)/g)]).toEqual([]);
});

test('an unknown field is refused by name in every body and query', async () => {
  const odd: Call[] = [
    ['POST', '/api/projects', 400, { name: 'third', colour: 'red' }],
    [
      'POST',
      '/api/projects/shop/environments',
      400,
      { name: 'x1', class: 'preview', target: { kind: 'sandbox', colour: 'red' } },
    ],
    ['POST', `${home}/runs`, 400, { kind: 'plan', colour: 'red' }],
    ['POST', '/api/runs/run1/approve', 400, { colour: 'red' }],
    ['POST', `${home}/sandbox/faults`, 400, { kind: 'denied', colour: 'red' }],
    ['PUT', `${home}/graph`, 400, { base: 0, mode: 'draft', text: '{}', colour: 'red' }],
    ['PUT', `${home}/layout`, 400, { schemaVersion: 1, nodes: { a: { x: 1, y: 1, colour: 'red' } } }],
    ['POST', `${home}/operations`, 400, { ...moveOf('page-one', 2), colour: 'red' }],
    ['POST', `${home}/presence`, 400, { client: 'page-one', name: 'Ada', nodes: [], connections: [], colour: 'red' }],
    ['GET', `${home}/artifacts?colour=red`, 400],
    ['GET', '/api/runs/run1/logs?colour=red', 400],
  ];
  for (const [method, url, status, body] of odd) {
    const answer = await server.call(method, url, body);
    expect([url, answer.status, (answer.json as ApiError).got]).toEqual([url, status, 'colour']);
  }
});

test('a wrong value is named with its place, what was got and what was expected', async () => {
  const answer = await server.call('POST', `${home}/runs`, { kind: 'explode' });
  expect(answer.json).toMatchObject({
    code: 'bad-request',
    path: '/kind',
    got: '"explode"',
    expected: 'one of plan, apply, destroy',
  });
});

test('what is not there is a 404 that says what', async () => {
  const missing: [string, string][] = [
    ['/api/modules/none', 'unknown-module'],
    ['/api/contracts/none', 'unknown-contract'],
    ['/api/projects/none/environments/dev', 'unknown-project'],
    ['/api/projects/shop/environments/none/state', 'unknown-environment'],
    ['/api/projects/shop/environments/none/events', 'unknown-environment'],
    [`${home}/policies/none`, 'unknown-node'],
    [`${home}/connections/none`, 'unknown-connection'],
    [`${home}/sandbox/object?type=aws_sqs_queue&id=none`, 'unknown-object'],
    ['/api/none', 'unknown-route'],
  ];
  for (const [url, code] of missing) {
    const answer = await server.call('GET', url);
    expect([url, answer.status, (answer.json as ApiError).code]).toEqual([url, 404, code]);
  }
});

test('an environment takes defaults by its class, and refuses a target that is not complete', async () => {
  const create = (body: object) => server.call('POST', '/api/projects/shop/environments', body);
  expect((await create({ name: 'prod', class: 'production', target: { kind: 'sandbox' } })).json).toMatchObject({
    document: {
      protection: true,
      approval: 'ask',
      engine: 'terraform',
      target: { region: 'eu-central-1', account: '000000000000' },
    },
  });
  expect((await create({ name: 'prod', class: 'production', target: { kind: 'sandbox' } })).status).toBe(409);
  expect((await create({ name: 'cloud', class: 'staging', target: { kind: 'aws' } })).json).toMatchObject({
    code: 'bad-target',
    path: '/target/region',
  });
  expect(
    (await create({ name: 'cloud', class: 'staging', target: { kind: 'aws', region: 'Mars', account: '1' } })).json,
  ).toMatchObject({ code: 'bad-target' });
  for (const name of ['Upper', '1st', 'a', 'ends-', 'much-too-long-a-name-for-this', '../up']) {
    expect((await create({ name, class: 'staging', target: { kind: 'sandbox' } })).json).toMatchObject({
      code: 'bad-name',
    });
  }
});

test('tags, protection and approval of an environment can be changed, and nothing else', async () => {
  const url = '/api/projects/shop/environments/changing';
  const create = {
    name: 'changing',
    class: 'development',
    target: { kind: 'sandbox' },
    tags: { team: 'a', cost: '1' },
  };
  await server.call('POST', '/api/projects/shop/environments', create);
  const before = (await server.call('GET', url)).json as EnvironmentSummary;
  const changed = await server.call('PATCH', url, { tags: { team: 'b' } });
  expect(changed.json).toEqual({ ...before, document: { ...before.document, tags: { team: 'b' } } });
  expect((await server.call('GET', url)).json).toEqual(changed.json);
  for (const body of [{}, { class: 'production' }, { tags: { team: 5 } }])
    expect((await server.call('PATCH', url, body)).status).toBe(400);
  const [entry] = (await server.call('GET', `${url}/audit`)).json as AuditEntry[];
  expect(entry).toMatchObject({ what: 'environment.change', after: { tags: { team: 'b' } } });
  await server.call('DELETE', url);
});

test('an environment with something deployed is not deleted', async () => {
  await server.services.environments.create(
    'shop',
    { name: 'busy', class: 'preview', target: { kind: 'sandbox' } },
    'ada',
  );
  const busy = await server.store.environments.find('shop', 'busy');
  await server.store.sandboxObjects(busy?.id ?? '').insert(object('left'));
  expect((await server.call('DELETE', '/api/projects/shop/environments/busy')).json).toMatchObject({
    code: 'environment-in-use',
  });
  expect((await server.call('DELETE', '/api/projects/shop')).json).toMatchObject({ code: 'project-not-empty' });
  await server.store.sandboxObjects(busy?.id ?? '').remove('aws_sqs_queue', 'left');
  expect((await server.call('DELETE', '/api/projects/shop/environments/busy')).status).toBe(204);
});

test('sensitive attributes of a sandbox object are hidden, and so is what nobody describes', async () => {
  await server.store.sandboxObjects(server.environmentId).insert(object('shown'));
  const answer = await server.call('GET', `${home}/sandbox/object?type=aws_sqs_queue&id=shown`);
  expect(answer.json).toMatchObject({
    attributes: { name: 'jobs', password: '[secret]', mystery: '[secret]', nothing: null },
  });
});

test('a policy names the line and grant of every statement, and shows what is applied beside it', async () => {
  const { store, environmentId: environment } = server;
  const arn = 'arn:aws:sqs:eu-central-1:000000000000:shop-dev-jobs';
  const value = { arn, url: 'https://sqs/jobs', name: 'shop-dev-jobs', region: 'eu-central-1', fifo: false };
  await store.artifacts.publish(environment, {
    node: 'jobs',
    port: 'queue',
    contract: 'aws-queue@1.0.0',
    value,
    run: 'run1',
    secrets: [],
  });
  const document = { Version: '2012-10-17', Statement: [] };
  const policy = { name: 'jobs-worker', role: 'shop-dev-worker', policy: JSON.stringify(document) };
  const resource = {
    mode: 'managed',
    type: 'aws_iam_role_policy',
    name: 'grant_jobs_worker',
    instances: [{ attributes: policy }],
  };
  await store.states.write(
    { environment, node: 'worker' },
    Buffer.from(JSON.stringify({ version: 4, resources: [resource] })),
    'run1',
  );

  const effective = (await server.call('GET', `${home}/policies/worker`)).json as EffectivePolicy;
  const receive = effective.statements.find(({ grant }) => grant === 'receive');
  expect(receive).toMatchObject({ connection: 'jobs-worker', identity: 'workload', effect: 'Allow', resources: [arn] });
  expect(effective.statements.find(({ grant }) => grant === 'send')?.resources).toEqual(['{results.arn}']);
  const applied = {
    address: 'aws_iam_role_policy.grant_jobs_worker',
    role: 'shop-dev-worker',
    name: 'jobs-worker',
    document,
  };
  expect(effective.applied).toEqual([applied]);

  const line = (await server.call('GET', `${home}/connections/jobs-worker`)).json as ConnectionDetail;
  expect(line.applied).toEqual([applied]);
  expect(line.variables).toContainEqual({ name: 'JOBS_URL', secret: false, value: 'https://sqs/jobs' });
  expect(line.artifact?.value).toEqual(value);
  const other = (await server.call('GET', `${home}/connections/results-worker`)).json as ConnectionDetail;
  expect(other.applied).toEqual([]);
  expect(other.variables).toContainEqual({ name: 'RESULTS_URL', secret: false });
  expect(other.variables).toContainEqual({ name: 'RESULTS_REGION', secret: false, value: 'eu-central-1' });
});

test('a consumer without an identity has the statement in its own resource policy', async () => {
  const { statements } = (await server.call('GET', `${home}/policies/jobs`)).json as EffectivePolicy;
  expect(statements).toMatchObject([
    {
      connection: 'events-jobs',
      grant: 'subscribe',
      identity: 'resource',
      principal: 'sns.amazonaws.com',
      actions: ['sqs:SendMessage'],
    },
  ]);
});

test('the state of a page tells what is deployed, also what has left the graph', async () => {
  const { store, environmentId } = server;
  const deployment = {
    ...{
      name: 'old',
      module: 'aws-queue',
      version: '1.0.0',
      digest: 'd',
      inputsDigest: 'i',
      run: 'run1',
      revision: 1,
      at: 'now',
    },
    ...{ status: 'live', dependsOn: [], connections: [], resourceTypes: [], protected: false, request: {} },
    graphNode: { id: 'old', name: 'old', module: 'aws-queue', version: '^1.0.0' },
  };
  await store.deployments.put(environmentId, { ...deployment, node: 'old' } as never);
  await store.deployments.put(environmentId, { ...deployment, node: 'jobs' } as never);
  const { runtime } = (await server.call('GET', `${home}/state`)).json as EnvironmentState;
  expect(runtime.map(({ node, status }) => [node, status])).toEqual([
    ['jobs', 'live'],
    ['old', 'removed'],
  ]);
});

test('an answer loses what its schema does not know', async () => {
  server.services.runs.get = async () =>
    ({ ...someRun, env: 'internal', steps: [{ ...someRun.steps[0], hidden: 'canary' }] }) as never;
  const answer = await server.call('GET', '/api/runs/run1');
  expect(answer.status).toBe(200);
  expect(answer.text).not.toMatch(/internal|canary/);
});

test('the page answers for its own paths, and its assets are kept for long', async () => {
  expect((await server.call('GET', '/orders/development')).text).toContain('the page');
  const asset = await server.call('GET', '/assets/page-1a2b.js');
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await server.call('GET', '/')).headers['cache-control']).toBe('no-cache');
  expect((await server.call('GET', '/assets/gone.js')).status).toBe(404);
});

test('the form validator of a module judges params without compiling anything', async () => {
  const answer = await server.call('GET', '/api/modules/aws-queue/validator.js');
  expect(answer.headers['content-type']).toContain('text/javascript');
  expect(answer.text).not.toMatch(/\beval\(|new Function/);
  const file = join(web, 'validator.mjs');
  writeFileSync(file, answer.text);
  const loaded = (await import(/* @vite-ignore */ file)) as {
    default: Record<string, (value: unknown) => boolean>;
    schema: { type: string };
  };
  const [validate] = Object.values(loaded.default);
  expect(loaded.schema.type).toBe('object');
  expect([validate?.({ fifo: true }), validate?.({ fifo: 'yes' })]).toEqual([true, false]);
});
