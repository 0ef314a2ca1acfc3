// The graphs that the bench builds.
import type { Connection, Graph, GraphNode } from '../../schemas/generated/types.ts';
import { graph, line, node } from '../fixtures/graphs.ts';

const workerImage = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/worker:1.0.0';

/** Chains of two-resource nodes: `waves` long, `width` side by side. */
export function relayGraph(waves: number, width: number): Graph {
  const nodes: GraphNode[] = [];
  const connections: Connection[] = [];
  for (let wave = 0; wave < waves; wave++) {
    for (let chain = 0; chain < width; chain++) {
      const id = relayId(wave, chain);
      nodes.push(node(id, 'test-relay'));
      if (wave > 0) connections.push(line(`to-${id}`, `${relayId(wave - 1, chain)}.queue`, `${id}.upstream`));
    }
  }
  return graph(nodes, connections);
}

export function relayId(wave: number, chain: number): string {
  return `n${wave}-${chain}`;
}

/** Groups of four: a topic, a queue that subscribes to it, a function that handles the queue, and a bucket that it reads. */
export function pipelines(groups: number): Graph {
  const parts = Array.from({ length: groups }, (_, at) => ({
    nodes: [
      node(`topic-${at}`, 'aws-topic'),
      node(`jobs-${at}`, 'aws-queue'),
      node(`worker-${at}`, 'aws-function', { imageUri: workerImage, timeoutSeconds: 20 }),
      node(`files-${at}`, 'aws-bucket'),
    ],
    lines: [
      line(`topic-jobs-${at}`, `topic-${at}.topic`, `jobs-${at}.subscribesTo`, ['subscribe']),
      line(`jobs-worker-${at}`, `jobs-${at}.queue`, `worker-${at}.events`, ['receive', 'delete'], 'JOBS'),
      line(`files-worker-${at}`, `files-${at}.bucket`, `worker-${at}.files`, ['read'], 'FILES'),
    ],
  }));
  return graph(
    parts.flatMap((part) => part.nodes),
    parts.flatMap((part) => part.lines),
  );
}
