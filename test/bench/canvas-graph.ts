// The graph that the canvas is measured with: districts of ten boxes, with thirty lines each.
import type { Connection, GraphNode, Position } from '../../schemas/generated/types.ts';
import type { Drawn } from '../browser/plumbline.ts';
import { graph, line, node } from '../fixtures/graphs.ts';

const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/worker:1.0.0';
const column = 296;
const row = 240;
const gap = 160;

/** Each district: a topic, two queues, two buckets, a table, and four functions that use them and things next door. */
export function districts(boxes: number): Drawn & { layout: { schemaVersion: 1; nodes: Record<string, Position> } } {
  const count = Math.ceil(boxes / 10);
  const side = Math.ceil(Math.sqrt(count));
  const nodes: GraphNode[] = [];
  const connections: Connection[] = [];
  const places: Record<string, Position> = {};
  for (let at = 0; at < count; at++) {
    const corner = { x: (at % side) * (3 * column + gap), y: Math.floor(at / side) * (4 * row + gap) };
    const next = (at + 1) % count;
    const below = (at + side) % count;
    const put = (id: string, module: string, x: number, y: number, params?: Record<string, unknown>) => {
      nodes.push({ ...node(`${id}-${at}`, module, params), ...(params ? {} : { preset: 'standard' }) });
      places[`${id}-${at}`] = { x: corner.x + x * column, y: corner.y + y * row };
    };
    put('orders', 'aws-topic', 0, 0);
    put('invoices', 'aws-bucket', 0, 1);
    put('reports', 'aws-bucket', 0, 2);
    put('ledger', 'aws-table', 0, 3);
    put('jobs', 'aws-queue', 1, 0.5);
    put('mail', 'aws-queue', 1, 2.5);
    for (const [index, name] of ['intake', 'billing', 'export', 'notify'].entries()) {
      put(name, 'aws-function', 2, index, { imageUri: image, timeoutSeconds: 20 + index });
      const ties: [from: string, port: string, grants: string[]][] = [
        [`${index % 2 ? 'mail' : 'jobs'}-${at}.queue`, 'events', ['receive', 'delete']],
        [`${index % 2 ? 'jobs' : 'mail'}-${at}.queue`, 'queues', ['send']],
        [`invoices-${at}.bucket`, 'files', ['read']],
        [`reports-${at}.bucket`, 'files', ['read', 'write']],
        [`ledger-${at}.table`, 'tables', ['read']],
        [`orders-${at}.topic`, 'publishes', ['publish']],
        index % 2 ? [`ledger-${next}.table`, 'tables', ['read']] : [`reports-${below}.bucket`, 'files', ['read']],
      ];
      for (const [tie, [from, port, grants]] of ties.entries())
        connections.push(line(`${name}-${at}-${tie}`, from, `${name}-${at}.${port}`, grants));
    }
    for (const queue of ['jobs', 'mail'])
      connections.push(
        line(`${queue}-${at}-orders`, `orders-${at}.topic`, `${queue}-${at}.subscribesTo`, ['subscribe']),
      );
  }
  return { graph: graph(nodes, connections), layout: { schemaVersion: 1, nodes: places } };
}
