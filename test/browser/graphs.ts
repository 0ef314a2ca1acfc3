// Graphs that the tests of the page draw on, each with its places.
import type { Graph, Layout } from '../../schemas/generated/types.ts';
import { graph, line, node } from '../fixtures/graphs.ts';
import type { Drawn } from './plumbline.ts';

const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/worker:1.0.0';

const places = (nodes: Layout['nodes']): Layout => ({ schemaVersion: 1, nodes });

/** A topic, a queue, a function that waits for its queue, and a bucket; nothing is connected. */
export const unconnected = (): Drawn => ({
  graph: graph([
    node('events', 'aws-topic'),
    { ...node('jobs', 'aws-queue'), preset: 'standard' },
    node('worker', 'aws-function', { imageUri: image }),
    node('reports', 'aws-bucket'),
  ]),
  layout: places({
    events: { x: 0, y: 0 },
    jobs: { x: 304, y: 80 },
    worker: { x: 600, y: 40 },
    reports: { x: 0, y: 240 },
  }),
});

/** The same with lines: a queue that takes from a topic and feeds a function, which writes to a bucket. */
export function connected(): Drawn {
  const { graph: bare, layout } = unconnected();
  const connections: Graph['connections'] = [
    line('events-jobs', 'events.topic', 'jobs.subscribesTo', ['subscribe']),
    line('jobs-worker', 'jobs.queue', 'worker.events', ['receive', 'delete'], 'JOBS'),
    line('reports-worker', 'reports.bucket', 'worker.files', ['read'], 'REPORTS'),
  ];
  return { graph: { ...bare, connections }, layout };
}

/** One box that holds data. */
export const oneTable = (): Drawn => ({
  graph: graph([node('orders', 'aws-table'), node('events', 'aws-topic')]),
  layout: places({ orders: { x: 0, y: 0 }, events: { x: 304, y: 0 } }),
});
