// Runs steps side by side in the order of their dependencies.
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
  /** Told at once for each step that will not run because of `by` (a step that did not end well). */
  onBlocked?(step: S, by: string): void;
  signal: AbortSignal;
}

/**
 * Runs every step after its dependencies, ready ones in the order of their ids. Resolves when nothing runs any more.
 * @throws Error at once on a cycle, an unknown dependency or a duplicate id; what `run` throws, after the running steps have ended.
 */
export async function schedule<S extends ScheduledStep>(
  _options: ScheduleOptions<S>,
): Promise<Map<string, StepOutcome>> {
  throw new Error('not yet');
}
