import { vi } from 'vitest';
import type { GraphNode } from '../../schemas/generated/types.ts';
import { type DocumentContent, EMPTY_CONTENT } from '../../schemas/rules/content.ts';
import { createDocumentStore } from './document.ts';
import { createDraftBox, type DraftOptions } from './draft.ts';
import * as edits from './edits.ts';
import { createLine, type Order, settled } from './order-double.ts';
import { createSync } from './sync.ts';

export const box = (id: string, params?: GraphNode['params']): GraphNode => ({
  id,
  name: id,
  module: 'aws-queue',
  version: '^1.0.0',
  ...(params ? { params } : {}),
});
export const placed = (id: string, params?: GraphNode['params']) =>
  edits.placeNode(EMPTY_CONTENT, box(id, params), { x: 0, y: 0 });

export function memoryStorage() {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
    key: (index: number) => [...entries.keys()][index] ?? null,
    get length() {
      return entries.size;
    },
  };
}

export interface PageOptions extends Partial<DraftOptions> {
  content?: DocumentContent;
}

export function openPage(order: Order, client: string, { content = order.content, ...draft }: PageOptions = {}) {
  const document = createDocumentStore(content);
  const line = createLine(order);
  line.miss(order.events.length);
  const heard = { renamed: vi.fn(), others: vi.fn(), issues: vi.fn() };
  const drafts = createDraftBox({
    storage: memoryStorage(),
    project: 'orders',
    environment: 'development',
    client,
    conceal: (operations) => [...operations],
    isOpen: () => false,
    ...draft,
  });
  const sync = createSync({
    document,
    target: line.target,
    drafts,
    client,
    sequence: order.events.length,
    revision: 1,
    onIssues: heard.issues,
    onRenamed: heard.renamed,
    onOthers: heard.others,
  });
  return {
    document,
    line,
    sync,
    heard,
    add: (id: string, params?: GraphNode['params']) =>
      document.edit((now) => edits.placeNode(now, box(id, params), { x: 0, y: 0 }), { label: 'add' }),
    param: (id: string, name: string, value: unknown, gesture?: string) =>
      document.edit((now) => edits.updateNode(now, id, { params: { ...now.nodes[id]?.params, [name]: value } }), {
        label: 'change settings',
        gesture,
      }),
    remove: (id: string) =>
      document.edit((now) => edits.removeElements(now, { nodes: [id], connections: [] }), { label: 'delete' }),
    params: (id: string) => document.content().nodes[id]?.params,
    status: () => sync.state.getState().status,
    /** Sends and receives until nothing moves any more. */
    async settle(): Promise<void> {
      for (let quiet = false; !quiet; ) {
        void sync.flush();
        await settled();
        const hadRequest = line.requests.length > 0;
        await line.request('arrives');
        const hadEvent = await line.event(sync.receive);
        quiet = !hadRequest && !hadEvent;
      }
    },
    async offline(): Promise<void> {
      void sync.flush();
      await settled();
      await line.request('is lost');
    },
  };
}

export type Page = ReturnType<typeof openPage>;

export async function together(...pages: Page[]): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) for (const page of pages) await page.settle();
}
