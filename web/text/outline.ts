import type { Graph } from '../../schemas/generated/types.ts';

export interface OutlineEntry {
  kind: 'node' | 'connection';
  id: string;
  /** Where its object begins and ends. */
  from: number;
  to: number;
}

/** The places of all boxes and lines, in the order of the text. */
export type Outline = readonly OutlineEntry[];

/** @param graph what the text says: the records in the order of their lists. */
export function outlineOf(text: string, graph: Pick<Graph, 'nodes' | 'connections'>): Outline {
  const counts = { nodes: 0, connections: 0 };
  const entries: OutlineEntry[] = [];
  let list = '';
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfText(text, at);
      if (depth === 1) list = text.slice(at + 1, end);
      at = end;
    } else if (code === OBJECT || code === LIST) {
      depth += 1;
      if (depth === 3) from = at;
    } else if (code === OBJECT_END || code === LIST_END) {
      depth -= 1;
      if (depth === 2 && (list === 'nodes' || list === 'connections')) {
        const id: unknown = graph[list][counts[list]++]?.id;
        const kind = list === 'nodes' ? 'node' : 'connection';
        entries.push({ kind, id: typeof id === 'string' ? id : '', from, to: at + 1 });
      }
    }
  }
  return entries;
}

const [QUOTE, OBJECT, OBJECT_END, LIST, LIST_END, ESCAPE] = [34, 123, 125, 91, 93, 92];

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === ESCAPE) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

/** The entry that a place is in, its last bracket included. */
export function entryAt(outline: Outline, at: number): OutlineEntry | undefined {
  let low = 0;
  let high = outline.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((outline[middle]?.to ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const entry = outline[low];
  return entry && entry.from <= at ? entry : undefined;
}

/** The entries that a range touches. */
export function entriesWithin(outline: Outline, from: number, to: number): OutlineEntry[] {
  return outline.filter((entry) => entry.from <= to && entry.to >= from);
}

/** The outline after an edit, without what was taken away. */
export function mapOutline(outline: Outline, mapPosition: (at: number, side: -1 | 1) => number): Outline {
  const mapped: OutlineEntry[] = [];
  for (const entry of outline) {
    const from = mapPosition(entry.from, 1);
    const to = mapPosition(entry.to, -1);
    if (to > from) mapped.push(from === entry.from && to === entry.to ? entry : { ...entry, from, to });
  }
  return mapped;
}
