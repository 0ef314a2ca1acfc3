// A graph whose lines carry what must stay secret and open what must stay narrow: two databases, three who read them, two ways in.
import type { Graph } from '../../schemas/generated/types.ts';
import { graph, line, node } from '../fixtures/graphs.ts';

const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/worker:1.0.0';
const task = { logDays: 1, loadBalancer: 'none', placement: 'public' };
const code = { imageUri: image, logDays: 1, errorAlarm: false };
const database = { backupDays: 1, finalSnapshot: false };

export const databases = ['orders-db', 'billing-db'] as const;
export type Database = (typeof databases)[number];

/** Each consumer of a database: by which grants, and with which prefix. */
export const consumers = {
  api: { database: 'orders-db', grants: ['admin', 'connect'], prefix: 'ORDERS' },
  worker: { database: 'billing-db', grants: ['admin'], prefix: 'BILLING' },
  reader: { database: 'orders-db', grants: ['connect'], prefix: 'ORDERS' },
} as const;

export type Consumer = keyof typeof consumers;

const databaseLine = (consumer: Consumer) => {
  const { database: from, grants, prefix } = consumers[consumer];
  return line(`${from}-${consumer}`, `${from}.postgres`, `${consumer}.database`, [...grants], prefix);
};

/** `api` runs in ECS and calls `web`, which answers the internet; `worker` and `reader` are functions. */
export const carriedGraph = graph(
  [
    node('main', 'aws-network', { nat: 'none', flowLogs: false }),
    node('cluster', 'aws-container-cluster', { containerInsights: 'disabled' }),
    ...databases.map((id) => node(id, 'aws-postgres', database)),
    node('web', 'aws-container-service', { ...task, loadBalancer: 'public', port: 8080 }),
    node('api', 'aws-container-service', { ...task, port: 9090 }),
    node('worker', 'aws-function', code),
    node('reader', 'aws-function', code),
  ],
  [
    ...[...databases, 'web', 'api', 'worker', 'reader'].map((id) =>
      line(`main-${id}`, 'main.network', `${id}.network`),
    ),
    ...['web', 'api'].map((id) => line(`cluster-${id}`, 'cluster.cluster', `${id}.cluster`)),
    ...(['api', 'worker', 'reader'] as const).map(databaseLine),
    line('web-api', 'web.http', 'api.calls', [], 'WEB'),
    line('web-worker', 'web.http', 'worker.calls', [], 'WEB'),
  ],
);

/** These, and a box that keeps a secret param and hands it on to another. */
export function withSecretParam(token: string, { nodes, connections }: Graph = graph([])): Graph {
  const added = [node('maker', 'test-token-maker', { token }), node('user', 'test-token-user')];
  return graph([...nodes, ...added], [...connections, line('maker-user', 'maker.token', 'user.token')]);
}
