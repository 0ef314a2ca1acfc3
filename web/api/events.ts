import type { PlumblineEvent, Presence } from '../../schemas/generated/types.ts';

export interface EventStream {
  /** The network is back: no longer waits before it connects again. */
  hurry(): void;
  close(): void;
}

interface Options {
  url(after: number): string;
  after: number;
  onEvent(event: PlumblineEvent): void;
  /** Where somebody else is; everybody who is there is told anew after a reconnect. */
  onPresence(presence: Presence): void;
  onOnline(isOnline: boolean): void;
  open?: (url: string) => EventSource;
}

const DELAYS_MS = [500, 1000, 2000, 5000];

/** Server-sent events that reconnect by themselves and replay from the last id seen; an id is delivered once. */
export function openEvents(options: Options): EventStream {
  const open = options.open ?? ((url: string) => new EventSource(url));
  let last = options.after;
  let failures = 0;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  function receive(message: MessageEvent<string>): void {
    const event = JSON.parse(message.data) as PlumblineEvent;
    if (event.id <= last) return;
    last = event.id;
    options.onEvent(event);
  }

  function connect(): void {
    timer = undefined;
    if (isClosed) return;
    source = open(options.url(last));
    source.addEventListener('open', () => {
      failures = 0;
      options.onOnline(true);
    });
    source.addEventListener('plumbline', receive);
    source.addEventListener('presence', (message: MessageEvent<string>) =>
      options.onPresence(JSON.parse(message.data) as Presence),
    );
    source.addEventListener('error', () => {
      // Our own reconnect, so that replay starts from the last id that was handled and delays grow.
      source?.close();
      options.onOnline(false);
      clearTimeout(timer);
      timer = setTimeout(connect, DELAYS_MS[Math.min(failures, DELAYS_MS.length - 1)]);
      failures += 1;
    });
  }

  connect();
  return {
    hurry() {
      if (timer === undefined) return;
      clearTimeout(timer);
      connect();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      source?.close();
    },
  };
}
