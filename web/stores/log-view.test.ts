import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../schemas/generated/types.ts';
import { filterLines, logText, splitMatches } from './log-view.ts';

const line = (id: number, patch: Partial<LogLine>): LogLine => ({
  ...{ id, at: '2026-11-20T10:00:00.000Z', run: 'r', step: 'a', phase: 'plan', level: 'info', text: '' },
  ...patch,
});

describe('the view of a log', () => {
  const lines = [
    line(1, { text: 'Creating queue' }),
    line(2, { text: 'Rate exceeded', level: 'warn' }),
    line(3, { text: 'queue made', step: 'b' }),
    line(4, { text: 'AccessDenied on QUEUE', level: 'error', step: 'b' }),
  ];
  const ids = (filter: Partial<Parameters<typeof filterLines>[1]>) =>
    filterLines(lines, { search: '', isTroubleOnly: false, ...filter }).map(({ id }) => id);

  it('shows one step, one word and trouble alone, and all of them together', () => {
    expect(ids({})).toEqual([1, 2, 3, 4]);
    expect(ids({ step: 'b' })).toEqual([3, 4]);
    expect(ids({ search: ' Queue ' })).toEqual([1, 3, 4]);
    expect(ids({ isTroubleOnly: true })).toEqual([2, 4]);
    expect(ids({ isTroubleOnly: true, search: 'queue', step: 'b' })).toEqual([4]);
  });

  it('writes what it shows, a line each', () => {
    expect(logText(lines.slice(1, 2), () => 'jobs')).toBe('2026-11-20T10:00:00.000Z jobs plan warn Rate exceeded\n');
  });

  it('cuts a line at every match and loses nothing of it', () => {
    const ascii = fc.string({ unit: fc.constantFrom('a', 'B', 'b', ' ', '.') });
    fc.assert(
      fc.property(ascii, ascii, (text, search) => {
        const parts = splitMatches(text, search);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const part of parts) if (part.isMatch) expect(part.text.toLowerCase()).toBe(search.trim().toLowerCase());
      }),
    );
    expect(splitMatches('a Queue, a queue', 'queue').filter((part) => part.isMatch)).toHaveLength(2);
  });
});
