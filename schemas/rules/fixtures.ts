// A small catalogue for the laws' tests: a queue, a topic that feeds it, a table, a network and a workload that takes them all.
import type { Connection, ContractDocument, Graph, GraphNode, ModuleManifest } from '../generated/types.ts';
import { type Catalog, createCatalog } from './catalog.ts';
import { createParamsValidator } from './validation/params-validator.ts';

function contract(name: string, version: string, rest: Partial<ContractDocument>): ContractDocument {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://plumbline.dev/contracts/${name}/${version}`,
    title: name,
    summary: name,
    family: 'messaging',
    type: 'object',
    additionalProperties: false,
    required: ['arn'],
    properties: {
      arn: { type: 'string', title: 'ARN', known: 'applied' },
      url: { type: 'string', title: 'URL', known: 'applied' },
      port: { type: 'integer', title: 'Port', known: 'static' },
      zones: { type: 'array', title: 'Zones', known: 'static', items: { type: 'string' } },
    },
    examples: [{ arn: `arn:aws:test:eu-central-1:000000000000:${name}`, url: 'https://example.test/one' }],
    grants: {},
    env: {},
    ...rest,
  };
}

export const queueContract = contract('queue', '1.0.0', {
  grants: {
    receive: {
      title: 'Take messages',
      rank: 1,
      statements: [{ actions: ['sqs:ReceiveMessage'], resources: ['{arn}'] }],
    },
    send: { title: 'Send messages', rank: 3, statements: [{ actions: ['sqs:SendMessage'], resources: ['{arn}'] }] },
  },
  env: { URL: { value: '{url}' } },
});

export const topicContract = contract('topic', '1.0.0', {
  grants: {
    publish: { title: 'Publish', rank: 1, statements: [{ actions: ['sns:Publish'], resources: ['{arn}'] }] },
    subscribe: { title: 'Be sent copies', rank: 2, service: 'sns.amazonaws.com', statements: [] },
  },
  env: { ARN: { value: '{arn}' } },
});

export const databaseContract = contract('database', '1.0.0', {
  family: 'data',
  properties: {
    arn: { type: 'string', title: 'ARN', known: 'applied' },
    token: { type: 'string', title: 'Token', known: 'applied', secret: true, secretReason: 'a test needs one' },
    adminSecret: {
      type: 'object',
      title: 'Admin secret',
      known: 'applied',
      secretReference: true,
      properties: { arn: { type: 'string' } },
    },
  },
  examples: [
    { arn: 'arn:aws:rds:eu-central-1:000000000000:db:one', token: 'example', adminSecret: { arn: 'arn:aws:x' } },
  ],
  grants: {
    connect: {
      title: 'Log in',
      rank: 1,
      statements: [
        {
          actions: ['rds-db:connect'],
          resources: ['{arn}/app'],
          conditions: { StringEquals: { 'aws:PrincipalTag/user': ['${aws:username}'] } },
        },
      ],
    },
    admin: {
      title: 'Read the master password',
      rank: 2,
      risk: 'Everything is allowed.',
      statements: [
        { actions: ['secretsmanager:GetSecretValue'], resources: ['{adminSecret.arn}'], identity: 'injector' },
      ],
    },
  },
  env: { ARN: { value: '{arn}' }, PASSWORD: { secret: 'adminSecret', key: 'password', grants: ['admin'] } },
});

const networkContract = contract('network', '1.2.0', { family: 'network' });

function manifest(id: string, rest: Partial<ModuleManifest>): ModuleManifest {
  return {
    schemaVersion: 1,
    id,
    version: '1.0.0',
    title: id,
    summary: id,
    category: 'Messaging',
    family: 'messaging',
    tier: 'private',
    implementation: 'cdktf',
    params: { type: 'object', properties: {}, additionalProperties: false },
    inputs: {},
    outputs: {},
    presets: { standard: { title: 'Standard', summary: 'As it comes.', params: {} } },
    ...rest,
  };
}

export const queueModule = manifest('queue', {
  nameSuffixes: ['dead-letters'],
  params: {
    type: 'object',
    properties: {
      delay: { type: 'integer', default: 0, minimum: 0, maximum: 900 },
      tags: { type: 'object', default: { team: 'none' }, additionalProperties: { type: 'string' } },
      scaling: {
        type: 'object',
        properties: { least: { type: 'integer', default: 1 }, most: { type: 'integer', default: 2 } },
        additionalProperties: false,
      },
      password: { type: 'string', secret: true, minLength: 8 },
    },
    additionalProperties: false,
  },
  presets: {
    standard: { title: 'Standard', summary: 'As it comes.', params: {} },
    slow: { title: 'Slow', summary: 'Later.', params: { delay: 60, scaling: { most: 5 }, tags: { team: null } } },
  },
  inputs: {
    subscribesTo: {
      title: 'subscribes to',
      contract: 'topic@^1.0.0',
      cardinality: 'many',
      grants: { required: ['subscribe'], offered: ['subscribe'] },
      resourcePolicy: { actions: ['sqs:SendMessage'], output: 'queue' },
    },
  },
  outputs: {
    queue: { title: 'queue', contract: 'queue@1.0.0' },
    deadLetters: { title: 'dead letters', contract: 'queue@1.0.0' },
  },
});

export const workerModule = manifest('worker', {
  workload: true,
  inputs: {
    network: { title: 'network', contract: 'network@^1.0.0', cardinality: 'one' },
    queues: { title: 'queues', contract: 'queue@^1.0.0', cardinality: 'many' },
    publishes: { title: 'publishes', contract: 'topic@^1.0.0', cardinality: 'many', grants: { offered: ['publish'] } },
    database: { title: 'database', contract: 'database@^1.0.0', cardinality: 'optional' },
    newer: { title: 'newer queue', contract: 'queue@^2.0.0', cardinality: 'many' },
  },
  outputs: { done: { title: 'done', contract: 'queue@1.0.0' } },
});

const testModules = [
  queueModule,
  workerModule,
  manifest('topic', { outputs: { topic: { title: 'topic', contract: 'topic@1.0.0' } } }),
  manifest('network', { outputs: { network: { title: 'network', contract: 'network@1.2.0' } } }),
  manifest('database', { outputs: { database: { title: 'database', contract: 'database@1.0.0' } } }),
];

const testContracts = [queueContract, topicContract, databaseContract, networkContract];

/** The catalogue of these modules and contracts, with real params validation. */
export function testCatalog(): Catalog {
  return createCatalog(testModules, testContracts, createParamsValidator());
}

export function node(id: string, module: string, rest: Partial<GraphNode> = {}): GraphNode {
  return { id, name: id, module, version: '^1.0.0', ...rest };
}

/** A connection of `node.port` and `node.port`. */
export function line(id: string, from: string, to: string, grants: string[] = [], envPrefix?: string): Connection {
  const [fromNode = '', fromPort = ''] = from.split('.');
  const [toNode = '', toPort = ''] = to.split('.');
  const connection = { id, from: { node: fromNode, port: fromPort }, to: { node: toNode, port: toPort }, grants };
  return envPrefix === undefined ? connection : { ...connection, envPrefix };
}

export function graphOf(nodes: GraphNode[], connections: Connection[] = []): Graph {
  return { schemaVersion: 1, nodes, connections };
}

/** A graph that nothing is wrong with: a topic feeds a queue that a worker in a network takes from. */
export function soundGraph(): Graph {
  return graphOf(
    [node('net', 'network'), node('news', 'topic'), node('orders', 'queue'), node('app', 'worker')],
    [
      line('in-net', 'net.network', 'app.network'),
      line('feed', 'news.topic', 'orders.subscribesTo', ['subscribe']),
      line('take', 'orders.queue', 'app.queues', ['receive']),
    ],
  );
}
