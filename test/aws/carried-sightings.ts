// Sightings of a secret by kind of place, for the table.

/** In this order: a place belongs to the first kind that takes it. */
const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['page', /^page: /],
  ['HTTP answers, events, backup', /: GET /],
  ['log output', /: output$/],
  ['rows of secret params', /: row of secrets\./],
  ['rows of plan files', /: row of plans\./],
  ['rows of states', /: row of state_versions\./],
  ['other rows', /: row of /],
  ['database file and its -wal', /: file plumbline\.db/],
  ['synthesised roots', /\/main\.tf\.json$/],
  ['plan and state files', /\.tf(plan|state)/],
  ['other files', /: file /],
];

/** How many of the places are of each kind. */
export function byKind(places: readonly string[]): Map<string, number> {
  const counts = new Map(kinds.map(([kind]) => [kind, 0]));
  for (const place of places) {
    const [kind] = kinds.find(([, pattern]) => pattern.test(place)) ?? [];
    if (kind === undefined) throw new Error(`no kind of place takes ${place}`);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
