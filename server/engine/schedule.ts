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

interface Progress {
  outcomes: Map<string, StepOutcome>;
  /** The next step that may start; undefined while there is none. */
  next(): string | undefined;
  end(id: string, outcome: StepOutcome): void;
}

function trackProgress<S extends ScheduledStep>(
  waiting: Waiting<S>,
  onBlocked: ScheduleOptions<S>['onBlocked'],
): Progress {
  const outcomes = new Map<string, StepOutcome>();
  const ready = createReadyHeap();
  for (const [id, count] of waiting.missing) if (count === 0) ready.push(id);
  const release = (id: string): void => {
    for (const next of waiting.dependents.get(id) ?? []) {
      const count = (waiting.missing.get(next) ?? 0) - 1;
      waiting.missing.set(next, count);
      if (count === 0) ready.push(next);
    }
  };
  const block = (from: string): void => {
    const open = [...(waiting.dependents.get(from) ?? [])];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const step = waiting.steps.get(id);
      if (!step || outcomes.has(id)) continue;
      outcomes.set(id, 'blocked');
      onBlocked?.(step, from);
      open.push(...(waiting.dependents.get(id) ?? []));
    }
  };
  return {
    outcomes,
    next: () => ready.pop(),
    end(id, outcome) {
      outcomes.set(id, outcome);
      if (outcome === 'ok') release(id);
      if (outcome === 'failed' || outcome === 'blocked') block(id);
    },
  };
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
  const progress = trackProgress(waiting, options.onBlocked);
  const thrown: unknown[] = [];
  const running = new Set<Promise<void>>();
  const start = (step: S): void => {
    const ended = (async () => options.run(step))()
      .catch((error: unknown): StepOutcome => {
        thrown.push(error);
        return 'failed';
      })
      .then((outcome) => {
        progress.end(step.id, outcome);
        running.delete(ended);
      });
    running.add(ended);
  };
  for (;;) {
    while (running.size < options.concurrency && !options.signal.aborted && thrown.length === 0) {
      const step = waiting.steps.get(progress.next() ?? '');
      if (!step) break;
      start(step);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (thrown.length > 0) throw thrown[0];
  for (const { id } of options.steps) if (!progress.outcomes.has(id)) progress.outcomes.set(id, 'cancelled');
  return progress.outcomes;
}
