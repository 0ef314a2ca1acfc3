// Runs and their steps. A step is a row of its own, so that a phase of one node rewrites that node only.
import { and, asc, desc, eq, inArray, max, notInArray } from 'drizzle-orm';
import type { Run, RunHead, Step, StepHead } from '../../schemas/generated/types.ts';
import type { Database } from './database.ts';
import { runs, steps } from './tables.ts';

export type RunRecord = Run & { env: string };

const over = ['succeeded', 'failed', 'cancelled'] as const;

export function runRepository(db: Database) {
  const stepsOf = (runId: string): Step[] =>
    db.orm
      .select()
      .from(steps)
      .where(eq(steps.runId, runId))
      .orderBy(asc(steps.position))
      .all()
      .map((row) => row.step);
  const whole = (row: typeof runs.$inferSelect): RunRecord => ({
    ...row.head,
    steps: stepsOf(row.id),
    env: row.environmentId,
  });

  return {
    /** Stores a new run with all its steps, and gives it its number. */
    create: (environmentId: string, run: Omit<Run, 'number'>): Promise<Run> =>
      db.run(() => {
        const newest = db.orm
          .select({ number: max(runs.number) })
          .from(runs)
          .where(eq(runs.environmentId, environmentId))
          .get();
        const { steps: parts, ...rest } = run;
        const head = { ...rest, number: (newest?.number ?? 0) + 1 };
        db.orm.insert(runs).values({ id: run.id, environmentId, number: head.number, status: run.status, head }).run();
        parts.forEach((step, position) =>
          db.orm.insert(steps).values({ runId: run.id, id: step.id, position, step }).run(),
        );
        return { ...head, steps: parts };
      }),
    /** Stores everything of a run but its steps. */
    saveHead: (run: Run): Promise<void> =>
      db.run(() => {
        const { steps: _, ...head } = run;
        const { env: __, ...clean } = head as typeof head & { env?: string };
        db.orm.update(runs).set({ status: run.status, head: clean }).where(eq(runs.id, run.id)).run();
      }),
    /** Stores one step; a step that the run did not have goes to its end. */
    saveStep: (runId: string, step: Step): Promise<void> =>
      db.run(() => {
        const last = db.orm
          .select({ position: max(steps.position) })
          .from(steps)
          .where(eq(steps.runId, runId))
          .get();
        const position = (last?.position ?? -1) + 1;
        db.orm
          .insert(steps)
          .values({ runId, id: step.id, position, step })
          .onConflictDoUpdate({ target: [steps.runId, steps.id], set: { step } })
          .run();
      }),
    get: (id: string): Promise<RunRecord | undefined> =>
      db.run(() => {
        const row = db.orm.select().from(runs).where(eq(runs.id, id)).get();
        return row && whole(row);
      }),
    /** The newest first, without steps. */
    list: (environmentId: string, limit = 200): Promise<RunHead[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(runs)
          .where(eq(runs.environmentId, environmentId))
          .orderBy(desc(runs.number))
          .limit(limit)
          .all()
          .map((row) => runHead(row.head)),
      ),
    /** Runs that had a step for a node, whether to make it or to take it away, each with what it did: the newest first. */
    listOfNode: (environmentId: string, node: string, limit = 200): Promise<RunHead[]> =>
      db.run(() =>
        db.orm
          .select({ head: runs.head, step: steps.step })
          .from(runs)
          .innerJoin(steps, eq(steps.runId, runs.id))
          .where(and(eq(runs.environmentId, environmentId), inArray(steps.id, [node, `~${node}`])))
          .orderBy(desc(runs.number))
          .limit(limit)
          .all()
          .map(({ head, step }) => ({ ...runHead(head), step: stepHead(step) })),
      ),
    /** The newest run of an environment, with its steps. */
    latest: (environmentId: string): Promise<RunRecord | undefined> =>
      db.run(() => {
        const row = db.orm
          .select()
          .from(runs)
          .where(eq(runs.environmentId, environmentId))
          .orderBy(desc(runs.number))
          .limit(1)
          .get();
        return row && whole(row);
      }),
    /** Runs that are not over, of one environment or of all. */
    unfinished: (environmentId?: string): Promise<RunRecord[]> =>
      db.run(() => {
        const only = environmentId === undefined ? undefined : eq(runs.environmentId, environmentId);
        return db.orm
          .select()
          .from(runs)
          .where(and(notInArray(runs.status, [...over]), only))
          .orderBy(asc(runs.id))
          .all()
          .map(whole);
      }),
  };
}

/** A run without its steps. */
function runHead(run: Omit<Run, 'steps'>): RunHead {
  const { id, number, kind, status, revision, by, createdAt, endedAt, totals, needs, error } = run;
  return {
    ...{ id, number, kind, status, revision, by, createdAt, totals, needs },
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(error === undefined ? {} : { error }),
  };
}

/** A step without its resources and phases. */
function stepHead({ id, action, status, totals, phases, error, ...step }: Step): StepHead {
  const reason = error?.message ?? step.reason;
  const { startedAt, endedAt } = step;
  const isApplied = phases.some((phase) => phase.name === 'apply' && phase.status === 'succeeded');
  return {
    ...{ id, action, status, totals, isApplied },
    ...(reason === undefined ? {} : { reason }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}
