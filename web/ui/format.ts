/** `0.4 s`, `12 s`, `1 min 12 s`. */
export function formatDuration(ms: number): string {
  if (ms < 10_000) return `${(Math.max(ms, 0) / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Time between two instants in milliseconds; `end` defaults to `now`. */
export function elapsed(start: string | undefined, end: string | undefined, now: number): number {
  return start ? (end ? Date.parse(end) : now) - Date.parse(start) : 0;
}

/** `just now`, `12 minutes ago`, `3 days ago`. */
export function formatAgo(at: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000);
  if (seconds < 45) return 'just now';
  const units: [limit: number, size: number, name: string][] = [
    [3600, 60, 'minute'],
    [86400, 3600, 'hour'],
    [Number.POSITIVE_INFINITY, 86400, 'day'],
  ];
  for (const [limit, size, name] of units) {
    if (seconds >= limit) continue;
    const count = Math.max(1, Math.round(seconds / size));
    return `${count} ${name}${count === 1 ? '' : 's'} ago`;
  }
  return at;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** `10:42:07.112` in local time. */
export function formatClock(at: string): string {
  const date = new Date(at);
  return `${clock.format(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A value as one readable piece of text: strings bare, the rest as JSON. */
export function formatValue(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  return typeof value === 'string' ? (value === '' ? '""' : value) : JSON.stringify(value);
}

/** `deadLetters` as people read it: `dead letters`. */
export function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_match, left: string, right: string) => `${left} ${right.toLowerCase()}`);
}
