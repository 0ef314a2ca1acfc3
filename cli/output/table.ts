import { paint, plain, type Terminal } from '../terminal.ts';

/** Lines of a table: columns as wide as they need, two spaces between them. */
export function tableLines(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Prints items, one per line, under the names of the columns. */
export function printTable<T>(terminal: Terminal, items: T[], columns: Record<string, (item: T) => string>): void {
  const rows = items.map((item) => Object.values(columns).map((cell) => plain(cell(item)).replaceAll('\n', ' ')));
  const [head = '', ...lines] = tableLines([Object.keys(columns), ...rows]);
  terminal.out(paint(terminal, 'dim', head));
  for (const line of lines) terminal.out(line);
}

/** Prints names and values below each other, leaving out what has no value. */
export function printPairs(terminal: Terminal, pairs: Record<string, string | number | undefined>): void {
  const rows = Object.entries(pairs).filter(([, value]) => value !== undefined && value !== '');
  for (const line of tableLines(rows.map(([name, value]) => [name, plain(String(value))]))) terminal.out(line);
}
