// What the server tells open pages: an id counts up over the whole installation, so that a page can ask for what it missed.
import { and, asc, eq, gt, isNull, lte, max, sql } from 'drizzle-orm';
import type { LogLine, PlumblineEvent } from '../../schemas/generated/types.ts';
import type { Database } from './database.ts';
import { now } from './new-id.ts';
import { events } from './tables.ts';

export type NewEvent = Omit<PlumblineEvent, 'id' | 'at'>;

export function eventRepository(db: Database) {
  return {
    /** Stores events in order. A log line takes the id and time of its event. */
    append: (environmentId: string, list: readonly NewEvent[]): Promise<PlumblineEvent[]> =>
      db.run(() => {
        const at = now();
        return list.map((event) => {
          const row = { environmentId, at, logOf: event.line?.run, step: event.line?.step, event };
          const { id } = db.orm.insert(events).values(row).returning({ id: events.id }).get();
          return withId(event, id, at);
        });
      }),
    /** Events after `id`, the oldest first. */
    since: (environmentId: string, id: number, limit = 500): Promise<PlumblineEvent[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(events)
          .where(and(eq(events.environmentId, environmentId), gt(events.id, id)))
          .orderBy(asc(events.id))
          .limit(limit)
          .all()
          .map((row) => withId(row.event, row.id, row.at)),
      ),
    /** Log lines of a run after the line `after`, the oldest first. */
    logs: (
      runId: string,
      { after = 0, step, limit = 5000 }: { after?: number; step?: string; limit?: number } = {},
    ): Promise<LogLine[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(events)
          .where(
            and(eq(events.logOf, runId), gt(events.id, after), step === undefined ? undefined : eq(events.step, step)),
          )
          .orderBy(asc(events.id))
          .limit(limit)
          .all()
          .flatMap((row) => withId(row.event, row.id, row.at).line ?? []),
      ),
    /** Forgets edits up to that place in their order; a page that still needs one sees the gap, and reads the whole document. */
    forgetOperations: (environmentId: string, sequence: number): Promise<void> =>
      db.run(() => {
        const place = sql<number>`json_extract(${events.event}, '$.operations.sequence')`;
        db.orm
          .delete(events)
          // Log lines are most of the events: they are told apart without a look inside.
          .where(and(eq(events.environmentId, environmentId), isNull(events.logOf), lte(place, sequence)))
          .run();
      }),
    /** Id of the newest event; 0 when there is none. */
    last: (environmentId: string): Promise<number> =>
      db.run(
        () =>
          db.orm
            .select({ id: max(events.id) })
            .from(events)
            .where(eq(events.environmentId, environmentId))
            .get()?.id ?? 0,
      ),
  };
}

function withId(event: NewEvent, id: number, at: string): PlumblineEvent {
  const { line, ...rest } = event;
  return { ...rest, ...(line ? { line: { ...line, id, at } } : {}), id, at };
}
