// Laws of reach: it says what the compiled policies say, from both ends of a line.
import { describe, expect, test } from 'vitest';
import type { Graph } from '../generated/types.ts';
import { createCatalog } from './catalog.ts';
import { databaseContract, graphOf, line, node, testCatalog } from './fixtures.ts';
import { mayDo, reachElements, reachedBy, reachOf } from './reach.ts';

const base = testCatalog();
const contracts = base.contracts.map((contract) => {
  if (contract.$id.includes('/network/'))
    return { ...contract, properties: { ...contract.properties, vpcId: contract.properties.arn ?? fail() } };
  if (contract !== databaseContract) return contract;
  const network = [{ title: 'Postgres', securityGroup: '{arn}', port: '{port}', protocol: 'tcp' as const }];
  return { ...contract, network };
});
const catalog = createCatalog(base.modules, contracts, base.validateParams);

function fail(): never {
  throw new Error('the fixture has no such field');
}

/** A worker that publishes, takes, and logs in; a topic that feeds a queue that another worker takes from. */
const graph = (): Graph =>
  graphOf(
    [
      node('net', 'network'),
      node('news', 'topic'),
      node('orders', 'queue'),
      node('db', 'database'),
      node('api', 'worker'),
      node('app', 'worker'),
    ],
    [
      line('api-net', 'net.network', 'api.network'),
      line('api-news', 'news.topic', 'api.publishes', ['publish']),
      line('api-db', 'db.database', 'api.database', ['connect', 'admin']),
      line('feed', 'news.topic', 'orders.subscribesTo', ['subscribe']),
      line('take', 'orders.queue', 'app.queues', ['receive']),
      line('app-db', 'db.database', 'app.database', ['connect']),
    ],
  );
const reaches = reachOf(catalog, graph());
const lines = (found: readonly { connection: string }[]) => [...new Set(found.map(({ connection }) => connection))];

describe('a box', () => {
  test('may do what its grants say, each through its line and by its identity', () => {
    expect(mayDo(reaches, 'app')).toEqual([
      {
        connection: 'app-db',
        actor: 'app',
        target: 'db',
        identity: 'workload',
        grant: 'connect',
        actions: ['rds-db:connect'],
        resources: ['{db.arn}/app'],
      },
      {
        connection: 'take',
        actor: 'app',
        target: 'orders',
        identity: 'workload',
        grant: 'receive',
        actions: ['sqs:ReceiveMessage'],
        resources: ['{orders.arn}'],
      },
    ]);
  });

  test('has secrets read by the role that injects them, and the risk is said', () => {
    const secret = mayDo(reaches, 'api').find(({ identity }) => identity === 'injector');
    expect(secret).toMatchObject({ target: 'db', resources: ['{db.adminSecret.arn}'], risk: 'Everything is allowed.' });
  });

  test('gets a port opened only where it stands in a network', () => {
    const opened = reaches.filter(({ identity }) => identity === 'network');
    expect(opened).toEqual([
      {
        connection: 'api-db',
        actor: 'api',
        target: 'db',
        identity: 'network',
        actions: [],
        resources: ['tcp {db.port}'],
      },
    ]);
  });

  test('that only passes values on may do nothing', () => {
    expect(mayDo(reaches, 'net')).toEqual([]);
    expect(reachedBy(reaches, 'net')).toEqual([]);
  });
});

describe('a resource', () => {
  test('is reached by a service that its own policy lets in, in the name of the box at the other end', () => {
    const [direct] = reachedBy(reaches, 'orders').filter(({ actor }) => actor === 'news');
    expect(direct?.steps).toEqual([
      {
        connection: 'feed',
        actor: 'news',
        target: 'orders',
        identity: 'resource',
        grant: 'subscribe',
        actions: ['sqs:SendMessage'],
        resources: ['{orders.arn}'],
        service: 'sns.amazonaws.com',
      },
    ]);
  });

  test('is reached through that service by whoever may use it', () => {
    const [indirect] = reachedBy(reaches, 'orders').filter(({ actor }) => actor === 'api');
    expect(lines(indirect?.steps ?? [])).toEqual(['api-news', 'feed']);
  });

  test('is reached by the same lines, seen from the box that acts', () => {
    for (const { id } of graph().nodes) {
      const direct = reachedBy(reaches, id).filter(({ steps }) => steps.length === 1);
      expect(direct.map(({ steps }) => steps[0])).toEqual(reaches.filter(({ target }) => target === id));
    }
  });

  test('is found even where services feed each other in a circle', () => {
    const [feed] = reaches.filter(({ identity }) => identity === 'resource');
    if (!feed) throw new Error('the fixture has no service');
    const circle = [feed, { ...feed, connection: 'back', actor: 'orders', target: 'news' }];
    expect(reachedBy(circle, 'orders').map(({ actor }) => actor)).toEqual(['news', 'orders']);
  });
});

describe('the lens', () => {
  test('takes in a box, who reaches it, and the lines between them', () => {
    expect(reachElements(reaches, 'orders')).toEqual({
      nodes: { orders: true, news: true, api: true, app: true },
      connections: { 'api-news': true, feed: true, take: true },
    });
    expect(reachElements(reaches, 'net')).toEqual({ nodes: { net: true }, connections: {} });
  });
});

test('a line that is taken away takes its own permissions and no other', () => {
  const whole = graph();
  for (const { id } of whole.connections) {
    if (id === 'api-net') continue;
    const rest = reachOf(catalog, { ...whole, connections: whole.connections.filter((other) => other.id !== id) });
    expect(rest).toEqual(reaches.filter(({ connection }) => connection !== id));
  }
});

test('a line that does not resolve gives nothing and spoils nothing', () => {
  const whole = graph();
  const connections = [...whole.connections, line('ghost', 'gone.queue', 'app.queues', ['receive'])];
  expect(reachOf(catalog, { ...whole, connections })).toEqual(reaches);
});
