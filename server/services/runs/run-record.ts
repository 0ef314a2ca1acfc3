// A run in memory whose every change is stored before it is told to open pages.
import type { Phase, PhaseName, PlumblineEvent, Run, RunHead, Step } from '../../../schemas/generated/types.ts';
import { isCancel } from './failure.ts';

type NewEvent = Omit<PlumblineEvent, 'id' | 'at' | 'project' | 'environment'>;

/** What a record writes to; the store's repositories and the event hub stand behind it. */
export interface RunSink {
  /** Stores the head or a step together with the events that tell of it, in one transaction; then notifies. */
  record(change: { head?: Run; step?: Step; run: string; events: NewEvent[] }): Promise<void>;
}

/** A line of a run's log, before it has an id. */
export interface NewLine {
  step: string;
  phase: string;
  level: 'info' | 'warn' | 'error';
  text: string;
}

const flushAfterMs = 40;

/** The part of a run that lists and pages show without its steps. */
export function headOf(run: Run): RunHead {
  const { id, number, kind, status, revision, by, createdAt, endedAt, totals, needs, error } = run;
  return { id, number, kind, status, revision, by, createdAt, endedAt, totals, needs, error };
}

/** Holds one run and its steps; writes are ordered, log lines are written in batches. */
export class RunRecord {
  readonly steps: Map<string, Step>;
  private lines: (NewLine & { at: string })[] = [];
  private timer: NodeJS.Timeout | undefined;
  private tail: Promise<void> = Promise.resolve();
  private failure: unknown;

  constructor(
    readonly run: Run,
    private readonly sink: RunSink,
  ) {
    this.steps = new Map(run.steps.map((step) => [step.id, step]));
  }

  /** The step of that id. @throws when the run has no such step (a bug). */
  step(id: string): Step {
    const step = this.steps.get(id);
    if (!step) throw new Error(`run ${this.run.id} has no step ${id}`);
    return step;
  }

  /** Changes the run's head, stores it and tells the pages. */
  async update(change: Partial<Run>): Promise<void> {
    Object.assign(this.run, change);
    const { run } = this;
    await this.write(() =>
      this.sink.record({ head: run, run: run.id, events: [{ type: 'run', run: run.id, runState: headOf(run) }] }),
    );
  }

  /** Changes a step, stores it and tells the pages. */
  async updateStep(id: string, change: Partial<Step>): Promise<void> {
    const step = Object.assign(this.step(id), change);
    const run = this.run.id;
    await this.write(() => this.sink.record({ step, run, events: [{ type: 'step', run, step }] }));
  }

  /** Runs one phase of a step: stored as running before it acts, with its outcome and times after. */
  async phase<T>(id: string, name: PhaseName, work: () => Promise<T>): Promise<T> {
    const phase: Phase = { name, status: 'running', startedAt: now() };
    const step = this.step(id);
    await this.updateStep(id, { phases: [...step.phases, phase] });
    try {
      const result = await work();
      Object.assign(phase, { status: 'succeeded', endedAt: now() });
      return result;
    } catch (error) {
      Object.assign(phase, { status: isCancel(error) ? 'cancelled' : 'failed', endedAt: now() });
      throw error;
    } finally {
      await this.updateStep(id, {});
    }
  }

  /** Adds a line to the log; written within some milliseconds, in order. */
  log(line: NewLine): void {
    this.lines.push({ ...line, at: now() });
    this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), flushAfterMs);
  }

  /** Writes what is waiting. @throws what an earlier write in the background failed with. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.lines.splice(0);
    if (batch.length > 0) {
      await this.write(() =>
        this.sink.record({
          run: this.run.id,
          events: batch.map((line) => ({ type: 'log', run: this.run.id, line: { id: 0, run: this.run.id, ...line } })),
        }),
      );
    } else await this.tail;
    if (this.failure) throw this.failure;
  }

  private write(work: () => Promise<void>): Promise<void> {
    const next = this.tail.then(work);
    this.tail = next.catch((error: unknown) => {
      this.failure ??= error;
    });
    return next;
  }
}

function now(): string {
  return new Date().toISOString();
}
