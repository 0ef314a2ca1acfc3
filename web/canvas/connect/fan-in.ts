import type { Connection, Position } from '../../../schemas/generated/types.ts';

interface Drawn {
  connections: Readonly<Record<string, Connection>>;
  positions: Readonly<Record<string, Position>>;
}

const STEP = 5;
/** As far as the ends of one port's lines may lie apart: its row is 22 high. */
const SPREAD = 14;

let last: (Drawn & { offsets: ReadonlyMap<string, number> }) | undefined;

/** Lines into one port arrive side by side in the order of where they come from, so that none crosses another before its end. */
export function fanOffsets(connections: Drawn['connections'], positions: Drawn['positions']): Map<string, number> {
  const byPort = new Map<string, Connection[]>();
  for (const line of Object.values(connections)) {
    const key = `${line.to.node}/${line.to.port}`;
    const fan = byPort.get(key);
    if (fan) fan.push(line);
    else byPort.set(key, [line]);
  }
  const offsets = new Map<string, number>();
  for (const fan of byPort.values()) {
    if (fan.length < 2) continue;
    const height = (line: Connection) => positions[line.from.node]?.y ?? 0;
    const step = Math.min(STEP, SPREAD / (fan.length - 1));
    fan.sort((a, b) => height(a) - height(b) || (a.id < b.id ? -1 : 1));
    for (const [index, line] of fan.entries()) offsets.set(line.id, (index - (fan.length - 1) / 2) * step);
  }
  return offsets;
}

/** The offset of one line; every line asks after every edit, and they are computed once. */
export function fanOffset({ connections, positions }: Drawn, line: string): number {
  if (last?.connections !== connections || last.positions !== positions)
    last = { connections, positions, offsets: fanOffsets(connections, positions) };
  return last.offsets.get(line) ?? 0;
}
