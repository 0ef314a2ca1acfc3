import type { OperationBatch, OperationsEvent, OperationsTaken } from '../../schemas/generated/types.ts';
import { canonicalLayoutText, canonicalText } from '../../schemas/rules/canonical.ts';
import { type DocumentContent, EMPTY_CONTENT, graphOf, layoutOf } from '../../schemas/rules/content.ts';
import { applyOperations } from '../../schemas/rules/operations.ts';
import { ApiFailure } from '../api/failure.ts';
import { isRecordPath, valueAt } from './operation-paths.ts';
import type { SyncTarget } from './sync.ts';

export const textOf = (content: DocumentContent) =>
  canonicalText(graphOf(content)) + canonicalLayoutText(layoutOf(content));

/** The server's part, in memory: one order for everybody. */
export function createOrder(content: DocumentContent = EMPTY_CONTENT) {
  const answers = new Map<string, OperationsTaken>();
  const events: OperationsEvent[] = [];
  const order = {
    content,
    events,
    /** What the server does with operations before it stores them, or why it refuses them. */
    judge: (operations: OperationBatch['operations']): OperationBatch['operations'] => operations,
    take({ client, batch, operations }: OperationBatch): OperationsTaken {
      const known = answers.get(`${client}.${batch}`);
      if (known) return known;
      let next = order.content;
      for (const operation of operations) {
        if (operation.create && isRecordPath(operation.path) && valueAt(next, operation.path) !== undefined)
          throw new ApiFailure(409, { code: 'id-taken', message: 'This id is taken.' });
        next = applyOperations(next, [operation]);
      }
      const stored = order.judge(operations);
      order.content = applyOperations(order.content, stored);
      const sequence = events.length + 1;
      events.push({ sequence, client, batch, operations: stored });
      const answer = { sequence, issues: [], ...(stored === operations ? {} : { operations: stored }) };
      answers.set(`${client}.${batch}`, answer);
      return answer;
    },
    state: () => ({ graph: graphOf(order.content), layout: layoutOf(order.content), sequence: events.length }),
  };
  return order;
}

export type Order = ReturnType<typeof createOrder>;
export type Fate = 'arrives' | 'is lost' | 'answer is lost';

/** A line to the server on which nothing moves until it is told to. */
export function createLine(order: Order) {
  const requests: { batch: OperationBatch; settle(fate: Fate): void }[] = [];
  let seen = 0;
  const target: SyncTarget = {
    send: (batch) =>
      new Promise((resolve, reject) => {
        const settle = (fate: Fate) => {
          if (fate === 'is lost') return reject(new ApiFailure(0, {}));
          try {
            const answer = structuredClone(order.take(structuredClone(batch)));
            if (fate === 'arrives') resolve(answer);
            else reject(new ApiFailure(0, {}));
          } catch (error) {
            reject(error);
          }
        };
        requests.push({ batch, settle });
      }),
    state: async () => structuredClone(order.state()),
  };
  return {
    target,
    requests,
    async request(fate: Fate): Promise<void> {
      requests.shift()?.settle(fate);
      await settled();
    },
    /** The next event that this page has not seen. */
    async event(receive: (event: OperationsEvent) => void): Promise<boolean> {
      const event = order.events[seen];
      if (!event) return false;
      seen += 1;
      receive(structuredClone(event));
      await settled();
      return true;
    },
    /** Events that this page never gets. */
    miss(count: number): void {
      seen = Math.min(order.events.length, seen + count);
    },
  };
}

/** Lets every promise that can go on do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
