/** Small graphs to begin with, by module and port, so that they are drawn with the same rules as by hand. */
export interface StartingPoint {
  title: string;
  summary: string;
  boxes: readonly { key: string; module: string; name: string; x: number; y: number }[];
  lines: readonly { from: [box: string, port: string]; to: [box: string, port: string] }[];
}

export const STARTING_POINTS: readonly StartingPoint[] = [
  {
    title: 'Queue and worker',
    summary: 'A function that takes messages from a queue and writes files.',
    boxes: [
      { key: 'jobs', module: 'aws-queue', name: 'jobs', x: 0, y: 0 },
      { key: 'results', module: 'aws-bucket', name: 'results', x: 0, y: 176 },
      { key: 'worker', module: 'aws-function', name: 'worker', x: 296, y: 72 },
    ],
    lines: [
      { from: ['jobs', 'queue'], to: ['worker', 'events'] },
      { from: ['results', 'bucket'], to: ['worker', 'files'] },
    ],
  },
  {
    title: 'Service with a database',
    summary: 'A network, a container service in it, and a Postgres that it may reach.',
    boxes: [
      { key: 'network', module: 'aws-network', name: 'main-network', x: 0, y: 64 },
      { key: 'cluster', module: 'aws-container-cluster', name: 'cluster', x: 296, y: 0 },
      { key: 'db', module: 'aws-postgres', name: 'db', x: 296, y: 176 },
      { key: 'api', module: 'aws-container-service', name: 'api', x: 592, y: 80 },
    ],
    lines: [
      { from: ['network', 'network'], to: ['db', 'network'] },
      { from: ['network', 'network'], to: ['api', 'network'] },
      { from: ['cluster', 'cluster'], to: ['api', 'cluster'] },
      { from: ['db', 'postgres'], to: ['api', 'database'] },
    ],
  },
  {
    title: 'Events to many',
    summary: 'A topic whose messages reach two queues, each with dead letters.',
    boxes: [
      { key: 'events', module: 'aws-topic', name: 'events', x: 0, y: 72 },
      { key: 'billing', module: 'aws-queue', name: 'billing', x: 296, y: 0 },
      { key: 'mail', module: 'aws-queue', name: 'mail', x: 296, y: 176 },
    ],
    lines: [
      { from: ['events', 'topic'], to: ['billing', 'subscribesTo'] },
      { from: ['events', 'topic'], to: ['mail', 'subscribesTo'] },
    ],
  },
  {
    title: 'Orders, end to end',
    summary: 'A service takes orders, a table keeps them, a topic tells a queue, and a function works it off.',
    boxes: [
      { key: 'network', module: 'aws-network', name: 'main-network', x: 0, y: 0 },
      { key: 'cluster', module: 'aws-container-cluster', name: 'cluster', x: 0, y: 152 },
      { key: 'orders', module: 'aws-table', name: 'orders', x: 0, y: 304 },
      { key: 'events', module: 'aws-topic', name: 'order-events', x: 0, y: 456 },
      { key: 'api', module: 'aws-container-service', name: 'orders-api', x: 296, y: 88 },
      { key: 'jobs', module: 'aws-queue', name: 'invoices', x: 296, y: 400 },
      { key: 'worker', module: 'aws-function', name: 'invoice-worker', x: 592, y: 360 },
    ],
    lines: [
      { from: ['network', 'network'], to: ['api', 'network'] },
      { from: ['cluster', 'cluster'], to: ['api', 'cluster'] },
      { from: ['orders', 'table'], to: ['api', 'tables'] },
      { from: ['events', 'topic'], to: ['api', 'publishes'] },
      { from: ['events', 'topic'], to: ['jobs', 'subscribesTo'] },
      { from: ['jobs', 'queue'], to: ['worker', 'events'] },
    ],
  },
  {
    title: 'API on functions',
    summary: 'A function that answers calls, with a table and files of its own.',
    boxes: [
      { key: 'items', module: 'aws-table', name: 'items', x: 0, y: 0 },
      { key: 'uploads', module: 'aws-bucket', name: 'uploads', x: 0, y: 152 },
      { key: 'api', module: 'aws-function', name: 'api', x: 296, y: 72 },
    ],
    lines: [
      { from: ['items', 'table'], to: ['api', 'tables'] },
      { from: ['uploads', 'bucket'], to: ['api', 'files'] },
    ],
  },
  {
    title: 'Network and nothing else',
    summary: 'A VPC with public and private subnets, to build the rest in.',
    boxes: [{ key: 'network', module: 'aws-network', name: 'main-network', x: 0, y: 0 }],
    lines: [],
  },
];
