// Runs steps side by side in the order of their dependencies.
import { createReadyHeap } from './ready-heap.ts';

export interface ScheduledStep {
  id: string;
  dependsOn: readonly string[];
}

/** blocked: something that it depends on did not end well; cancelled: never started, because of the signal. */
export type StepOutcome = 'ok' | 'failed' | 'blocked' | 'cancelled';

export interface ScheduleOptions<S extends ScheduledStep> {
  steps: readonly S[];
  /** How many run at the same time. */
  concurrency: number;
  run(step: S): Promise<StepOutcome>;
  /** Told at once for each step that will not run because of `by` (the step that did not end well). */
  onBlocked?(step: S, by: string): void;
  signal: AbortSignal;
}

interface Waiting<S> {
  steps: Map<string, S>;
  dependents: Map<string, string[]>;
  /** Dependencies that have not ended yet. */
  missing: Map<string, number>;
}

function index<S extends ScheduledStep>(steps: readonly S[]): Waiting<S> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  if (byId.size !== steps.length) throw new Error('Two steps have the same id.');
  const dependents = new Map<string, string[]>(steps.map(({ id }) => [id, []]));
  const missing = new Map<string, number>();
  for (const { id, dependsOn } of steps) {
    const needed = new Set(dependsOn);
    missing.set(id, needed.size);
    for (const other of needed) {
      const list = dependents.get(other);
      if (!list) throw new Error(`Step "${id}" depends on "${other}", which is not among the steps.`);
      list.push(id);
    }
  }
  return { steps: byId, dependents, missing };
}

function refuseCycle<S>({ dependents, missing }: Waiting<S>): void {
  const left = new Map(missing);
  const open = [...left].filter(([, count]) => count === 0).map(([id]) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    left.delete(id);
    for (const next of dependents.get(id) ?? []) {
      const count = (left.get(next) ?? 0) - 1;
      left.set(next, count);
      if (count === 0) open.push(next);
    }
  }
  if (left.size > 0) throw new Error(`Steps depend on each other in a cycle: ${[...left.keys()].sort().join(', ')}.`);
}

/**
 * Runs every step after its dependencies, ready ones in the order of their ids. Resolves when nothing runs any more.
 * @throws Error at once on a cycle, an unknown dependency or a duplicate id; what `run` throws, after the running steps have ended
 * (no other is started).
 */
export async function schedule<S extends ScheduledStep>(
  options: ScheduleOptions<S>,
): Promise<Map<string, StepOutcome>> {
  const waiting = index(options.steps);
  refuseCycle(waiting);
  const outcomes = new Map<string, StepOutcome>();
  const ready = createReadyHeap();
  for (const [id, count] of waiting.missing) if (count === 0) ready.push(id);
  let running = 0;
  let thrown: { error: unknown } | undefined;

  const block = (from: string): void => {
    const open = [...(waiting.dependents.get(from) ?? [])];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const step = waiting.steps.get(id);
      if (!step || outcomes.has(id)) continue;
      outcomes.set(id, 'blocked');
      options.onBlocked?.(step, from);
      open.push(...(waiting.dependents.get(id) ?? []));
    }
  };

  const finish = (id: string, outcome: StepOutcome): void => {
    outcomes.set(id, outcome);
    if (outcome === 'failed' || outcome === 'blocked') block(id);
    if (outcome !== 'ok') return;
    for (const next of waiting.dependents.get(id) ?? []) {
      const count = (waiting.missing.get(next) ?? 0) - 1;
      waiting.missing.set(next, count);
      if (count === 0 && !outcomes.has(next)) ready.push(next);
    }
  };

  await new Promise<void>((resolve) => {
    const settle = (id: string, outcome: StepOutcome): void => {
      running -= 1;
      finish(id, outcome);
      startReady();
    };
    const startReady = (): void => {
      while (running < options.concurrency && !options.signal.aborted && !thrown) {
        const id = ready.pop();
        const step = id === undefined ? undefined : waiting.steps.get(id);
        if (!step) break;
        running += 1;
        // A step that throws before its first await must not throw into the loop.
        Promise.resolve()
          .then(() => options.run(step))
          .then(
            (outcome) => settle(step.id, outcome),
            (error: unknown) => {
              thrown ??= { error };
              settle(step.id, 'failed');
            },
          );
      }
      if (running === 0) resolve();
    };
    startReady();
  });
  if (thrown) throw (thrown as { error: unknown }).error;
  for (const { id } of options.steps) if (!outcomes.has(id)) outcomes.set(id, 'cancelled');
  return outcomes;
}
