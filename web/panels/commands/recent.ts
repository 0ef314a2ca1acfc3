const LIMIT = 5;
const KEY = 'plumbline.recent-commands';

/** What was last chosen in the palette, the newest first, in this browser. */
export function recentEntries(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberEntry(id: string): void {
  const next = [id, ...recentEntries().filter((other) => other !== id)].slice(0, LIMIT);
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // A full storage costs only the list of what was used last.
  }
}
