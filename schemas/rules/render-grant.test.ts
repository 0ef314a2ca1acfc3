// Laws of grants and variables: what a line gives, and no more.
import { expect, test } from 'vitest';
import type { PolicyStatement } from '../generated/types.ts';
import { databaseContract, line, queueContract, queueModule, topicContract, workerModule } from './fixtures.ts';
import { own } from './judge-line.ts';
import { inlinePolicySize } from './policy-size.ts';
import { renderGrants } from './render-grant.ts';
import { envPrefixOf, fillTemplate, resolveEnvVariables, templateFields } from './resolve-env-variables.ts';

const resolve = (field: string) => `<${field}>`;
const toWorker = { port: own(workerModule.inputs, 'queues') ?? fail(), workload: true, resolve };
const toQueue = { port: own(queueModule.inputs, 'subscribesTo') ?? fail(), workload: false, resolve };

function fail(): never {
  throw new Error('the fixture has no such port');
}

test('a grant on a workload is the statements of its role, with fields filled in', () => {
  const connection = line('take', 'q.queue', 'app.queues', ['send', 'receive', 'send']);
  expect(renderGrants({ ...toWorker, contract: queueContract, connection })).toEqual<PolicyStatement[]>([
    {
      connection: 'take',
      grant: 'receive',
      identity: 'workload',
      effect: 'Allow',
      actions: ['sqs:ReceiveMessage'],
      resources: ['<arn>'],
    },
    {
      connection: 'take',
      grant: 'send',
      identity: 'workload',
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: ['<arn>'],
    },
  ]);
});

test('identity and conditions are kept, and policy variables of AWS are left to AWS', () => {
  const connection = line('db', 'd.database', 'app.database', ['admin', 'connect']);
  expect(renderGrants({ ...toWorker, contract: databaseContract, connection })).toMatchObject([
    { grant: 'admin', identity: 'injector', resources: ['<adminSecret.arn>'] },
    {
      grant: 'connect',
      identity: 'workload',
      resources: ['<arn>/app'],
      conditions: { StringEquals: { 'aws:PrincipalTag/user': ['${aws:username}'] } },
    },
  ]);
});

test('on a port with a resource policy the service of the producer is let in, for that producer alone', () => {
  const connection = line('feed', 'n.topic', 'q.subscribesTo', ['subscribe']);
  expect(renderGrants({ ...toQueue, contract: topicContract, connection, own: (output) => `own ${output}` })).toEqual([
    {
      connection: 'feed',
      grant: 'subscribe',
      identity: 'resource',
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: ['own queue'],
      conditions: { ArnEquals: { 'aws:SourceArn': ['<arn>'] } },
      principal: 'sns.amazonaws.com',
    },
  ]);
});

test('nothing is granted without an identity, and nothing that the contract does not offer', () => {
  const connection = line('take', 'q.queue', 'app.queues', ['receive', 'constructor', 'purge']);
  expect(renderGrants({ ...toWorker, workload: false, contract: queueContract, connection })).toEqual([]);
  expect(renderGrants({ ...toWorker, contract: queueContract, connection }).map(({ grant }) => grant)).toEqual([
    'receive',
  ]);
});

test('variables take the prefix of the line, else the id of the producer', () => {
  const bare = line('take', 'orders-queue.queue', 'app.queues');
  expect(resolveEnvVariables(queueContract, bare)).toEqual([{ name: 'ORDERS_QUEUE_URL', template: '{url}' }]);
  expect(resolveEnvVariables(queueContract, { ...bare, envPrefix: 'JOBS' })).toEqual([
    { name: 'JOBS_URL', template: '{url}' },
  ]);
});

test('a variable that is tied to a grant appears with that grant only, as a reference', () => {
  const names = (grants: string[]) =>
    resolveEnvVariables(databaseContract, line('db', 'main.database', 'app.database', grants));
  expect(names(['connect']).map(({ name }) => name)).toEqual(['MAIN_ARN']);
  expect(names(['admin'])).toContainEqual({ name: 'MAIN_PASSWORD', secret: { field: 'adminSecret', key: 'password' } });
});

test('names of people become prefixes of variables', () => {
  expect(['Orders queue', 'ordersQueue', 'Größe 2', '2nd try', '---'].map(envPrefixOf)).toEqual([
    'ORDERS_QUEUE',
    'ORDERS_QUEUE',
    'GROSSE_2',
    'ND_TRY',
    '',
  ]);
});

test('templates fill fields and their parts, and nothing else', () => {
  const template = 'arn:{partition}:rds:{adminSecret.arn}/*:${aws:username}:${field}:{}:{ x }';
  expect(templateFields(template)).toEqual(['partition', 'adminSecret.arn']);
  expect(fillTemplate(template, resolve)).toBe(
    'arn:<partition>:rds:<adminSecret.arn>/*:${aws:username}:${field}:{}:{ x }',
  );
});

test('a value that looks like a template, or like a replacement pattern, is not expanded again', () => {
  expect(fillTemplate('{a}-{b}', (field) => (field === 'a' ? "{b}$&$'" : 'x'))).toBe("{b}$&$'-x");
});

test('policy size counts what AWS counts: no white space', () => {
  expect(inlinePolicySize([{ a: 'b c' }, { d: 1 }])).toBe('{"a":"bc"}{"d":1}'.length);
});
