// Times, CPU seconds, medians: what every part of the bench measures with.
import { readFileSync } from 'node:fs';

/** Wall-clock seconds, and CPU seconds of this process and its ended children (undefined where the system does not tell). */
export interface Sample {
  seconds: number;
  cpuSeconds?: number;
}

/** `USER_HZ`: a constant of every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * CPU seconds of a process (this one by default) and of its children that have ended; neighbours on the machine do not move them as they
 * move the clock.
 */
export function cpuSeconds(process: number | 'self' = 'self'): number | undefined {
  try {
    const stat = readFileSync(`/proc/${process}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
  } catch {
    return undefined;
  }
}

/** Runs `work` once. */
export async function sample(work: () => unknown): Promise<Sample> {
  const cpu = cpuSeconds();
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const after = cpuSeconds();
  return { seconds, ...(cpu === undefined || after === undefined ? {} : { cpuSeconds: after - cpu }) };
}

/** The middle of the numbers; the mean of both middles where their count is even. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}

/** The number that a share (0 to 1) of the numbers does not exceed. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Medians of samples: first over second, by the clock and by the processor. */
export function ratio(ours: readonly Sample[], bare: readonly Sample[]): { clock: number; cpu: number } {
  const of = (samples: readonly Sample[], key: keyof Sample) => median(samples.map((each) => each[key] ?? Number.NaN));
  return {
    clock: of(ours, 'seconds') / of(bare, 'seconds'),
    cpu: of(ours, 'cpuSeconds') / of(bare, 'cpuSeconds'),
  };
}
