// The event hub: stores events, then tells whoever listens in this process.
import type { PlumblineEvent } from '../../schemas/generated/types.ts';
import type { NewEvent } from '../store/events.ts';
import type { Store } from '../store/store.ts';

export interface EventHub {
  /** Stores events of an environment, then tells its listeners: after the commit, when it is called inside a transaction. */
  publish(environmentId: string, events: readonly NewEvent[]): Promise<void>;
  /** @returns the function that ends the subscription. */
  subscribe(environmentId: string, listener: (events: readonly PlumblineEvent[]) => void): () => void;
}

export function createEventHub(store: Pick<Store, 'events' | 'afterCommit'>): EventHub {
  const listeners = new Map<string, Set<(events: readonly PlumblineEvent[]) => void>>();
  return {
    async publish(environmentId, events) {
      if (events.length === 0) return;
      const stored = await store.events.append(environmentId, events);
      store.afterCommit(() => {
        for (const listener of listeners.get(environmentId) ?? []) listener(stored);
      });
    },
    subscribe(environmentId, listener) {
      const own = listeners.get(environmentId) ?? new Set();
      listeners.set(environmentId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(environmentId);
      };
    },
  };
}
