// A run in memory whose every change is stored before it is told to open pages.
import type { Phase, PhaseName, PlumblineEvent, Run, RunHead, Step } from '../../../schemas/generated/types.ts';
import { isCancel } from './failure.ts';

type NewEvent = Omit<PlumblineEvent, 'id' | 'at' | 'project' | 'environment'>;

/** What a record writes to; the store's repositories and the event hub stand behind it. */
export interface RunSink {
  /** Stores the head and steps together with the events that tell of them, in one transaction; then notifies. */
  record(change: { head?: Run; steps: Step[]; run: string; events: NewEvent[] }): Promise<void>;
}

/** What goes to the disk together: each transaction costs a wait for the disk, in which the whole server stands still. */
interface Batch {
  head: boolean;
  steps: Set<Step>;
  stored: Promise<void>;
}

/** A line of a run's log, before it has an id. */
export interface NewLine {
  step: string;
  phase: string;
  level: 'info' | 'warn' | 'error';
  text: string;
}

const flushAfterMs = 150;

/** The part of a run that lists and pages show without its steps. */
export function headOf(run: Run): RunHead {
  const { id, number, kind, status, revision, by, createdAt, endedAt, totals, needs, error } = run;
  return { id, number, kind, status, revision, by, createdAt, endedAt, totals, needs, error };
}

/** Holds one run and its steps; writes are ordered, and those of one turn of the event loop go to the disk together, with the log lines that wait. */
export class RunRecord {
  readonly steps: Map<string, Step>;
  private lines: (NewLine & { at: string })[] = [];
  private timer: NodeJS.Timeout | undefined;
  private batch: Batch | undefined;
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
    const batch = this.openBatch();
    batch.head = true;
    await batch.stored;
  }

  /** Changes a step, stores it and tells the pages. */
  async updateStep(id: string, change: Partial<Step>): Promise<void> {
    await this.change(id, change).stored;
  }

  /** As `updateStep`, for what need not be stored before the work goes on: it is not told before, and never after what comes next. */
  noteStep(id: string, change: Partial<Step>): void {
    this.change(id, change);
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
      this.noteStep(id, {});
    }
  }

  /** Adds a line to the log; written within some milliseconds, in order. */
  log(line: NewLine): void {
    this.lines.push({ ...line, at: now() });
    this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), flushAfterMs);
  }

  /** Writes what is waiting. @throws what an earlier write in the background failed with. */
  async flush(): Promise<void> {
    if (this.lines.length > 0) this.openBatch();
    await this.tail;
    if (this.failure) throw this.failure;
  }

  private change(id: string, change: Partial<Step>): Batch {
    const step = Object.assign(this.step(id), change);
    const batch = this.openBatch();
    batch.steps.add(step);
    return batch;
  }

  private openBatch(): Batch {
    if (this.batch) return this.batch;
    const stored = this.tail.then(nextTurn).then(() => this.write());
    this.tail = stored.catch((error: unknown) => {
      this.failure ??= error;
    });
    this.batch = { head: false, steps: new Set(), stored };
    return this.batch;
  }

  private async write(): Promise<void> {
    const { run, batch } = this;
    this.batch = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    const steps = [...(batch?.steps ?? [])];
    const lines = this.lines.splice(0).map((line) => ({ id: 0, run: run.id, ...line }));
    const events: NewEvent[] = [
      ...lines.map((line) => ({ type: 'log' as const, run: run.id, line })),
      ...steps.map((step) => ({ type: 'step' as const, run: run.id, step })),
      ...(batch?.head ? [{ type: 'run' as const, run: run.id, runState: headOf(run) }] : []),
    ];
    await this.sink.record({ ...(batch?.head ? { head: run } : {}), steps, run: run.id, events });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function now(): string {
  return new Date().toISOString();
}
