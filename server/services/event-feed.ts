// The event stream of one environment: first what was missed, then what happens, without a gap and without an echo.
import type { PlumblineEvent } from '../../schemas/generated/types.ts';
import type { Store } from '../store/store.ts';
import type { EventHub } from './events.ts';
import { findEnvironment } from './scope.ts';

/** Events read from the store at once. */
const page = 500;

export function createEventFeed(store: Pick<Store, 'projects' | 'environments' | 'events'>, hub: EventHub) {
  return {
    /**
     * Opens the stream. Nothing is kept in memory for a slow reader: the hub only says that there is more, and the store is asked again.
     * @param after id of the last event that the reader has; undefined: only what happens from now on.
     * @throws `unknown-environment`, before the stream begins.
     */
    open: async (project: string, name: string, after: number | undefined, signal: AbortSignal) => {
      const { id } = await findEnvironment(store, project, name);
      const start = after ?? (await store.events.last(id));
      return follow(id, start, signal);
    },
  };

  async function* follow(environmentId: string, start: number, signal: AbortSignal): AsyncGenerator<PlumblineEvent[]> {
    let last = start;
    let hasNews = true;
    let wake = () => {};
    const notice = () => {
      hasNews = true;
      wake();
    };
    const unsubscribe = hub.subscribe(environmentId, notice);
    signal.addEventListener('abort', notice, { once: true });
    try {
      while (!signal.aborted) {
        if (!hasNews) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        hasNews = false;
        const events = await store.events.since(environmentId, last, page);
        last = events.at(-1)?.id ?? last;
        if (events.length === page) hasNews = true;
        if (events.length > 0) yield events;
      }
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', notice);
    }
  }
}
