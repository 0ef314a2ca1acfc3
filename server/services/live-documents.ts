// The live documents: one for each environment that somebody works in, read when it is asked for, checkpointed when people pause.
import type { Graph, Issue, Layout, OperationBatch, OperationsTaken } from '../../schemas/generated/types.ts';
import { PlumblineError } from '../errors.ts';
import { type DocumentDependencies, type LiveDocument, openDocument } from './live-document.ts';

/** A checkpoint is made when nothing was taken for so long, and at the latest so long after the first edit. */
const pauseMs = 1500;
const longestMs = 10_000;
/** After which a document that nobody asks for is let go of. */
const idleMs = 10 * 60_000;

interface LiveDependencies extends DocumentDependencies {
  log(level: 'error', message: string, details: Record<string, unknown>): void;
}

interface Entry {
  document?: LiveDocument;
  /** Ends with what was begun last. */
  tail: Promise<unknown>;
  waiting: number;
  /** The environment was removed. */
  isGone?: boolean;
  pause?: NodeJS.Timeout;
  deadline?: NodeJS.Timeout;
  idle?: NodeJS.Timeout;
}

/** A document at one moment. */
export interface DocumentView {
  revision: number;
  sequence: number;
  graph: Graph;
  layout: Layout;
  issues: Issue[];
  /** Whoever replays events from here misses no operation, and hears none that the view holds. */
  lastEvent: number;
}

export interface LiveDocuments {
  /** Does something with the document of an environment while nothing else happens to it. Not to be called inside of a transaction. */
  use<T>(environmentId: string, work: (document: LiveDocument) => Promise<T>): Promise<T>;
  take(environmentId: string, batch: OperationBatch, who: string): Promise<OperationsTaken>;
  view(environmentId: string): Promise<DocumentView>;
  /** Makes the newest revision and the layout hold everything that was taken. */
  checkpoint(environmentId: string): Promise<void>;
  checkpointAll(): Promise<void>;
  /** Checkpoints a document and lets go of it. */
  release(environmentId: string): Promise<void>;
  close(): Promise<void>;
}

export function createLiveDocuments(deps: LiveDependencies): LiveDocuments {
  const entries = new Map<string, Entry>();

  const use = <T>(environmentId: string, work: (document: LiveDocument) => Promise<T>): Promise<T> => {
    const entry: Entry = entries.get(environmentId) ?? { tail: Promise.resolve(), waiting: 0 };
    entries.set(environmentId, entry);
    entry.waiting += 1;
    const run = async () => {
      try {
        entry.document ??= await openDocument(deps, environmentId);
        return await work(entry.document);
      } catch (error) {
        // What was not written must not be believed: the document is read again.
        if (!isRefusal(error)) delete entry.document;
        else if (!entry.document) entry.isGone = true;
        throw error;
      } finally {
        entry.waiting -= 1;
        settle(environmentId, entry);
      }
    };
    const result = entry.tail.then(run);
    entry.tail = result.catch(() => undefined);
    return result;
  };

  /** After each use: where something is not saved yet, it will be; what nobody uses is let go of in the end. */
  const settle = (environmentId: string, entry: Entry): void => {
    if (entry.isGone) return forget(environmentId, entry);
    clearTimeout(entry.idle);
    entry.idle = later(idleMs, () => release(environmentId));
    if (entry.document && !entry.document.isDirty()) stopTimers(entry, 'pause', 'deadline');
    else entry.deadline ??= later(longestMs, () => checkpoint(environmentId));
  };

  const later = (ms: number, work: () => Promise<void>): NodeJS.Timeout =>
    setTimeout(() => void work().catch(logFailure), ms).unref();

  /** Nothing is lost: the journal has it, and the next checkpoint takes it. */
  const logFailure = (error: unknown): void =>
    deps.log('error', 'a checkpoint could not be written', { error: String(error) });

  const forget = (environmentId: string, entry: Entry): void => {
    if (entry.waiting > 0) return;
    stopTimers(entry, 'pause', 'deadline', 'idle');
    entries.delete(environmentId);
  };

  const checkpoint = (environmentId: string): Promise<void> =>
    use(environmentId, async (document) => {
      const entry = entries.get(environmentId);
      if (entry) stopTimers(entry, 'deadline');
      await document.checkpoint();
    });

  const take = async (environmentId: string, batch: OperationBatch, who: string): Promise<OperationsTaken> => {
    const taken = await use(environmentId, (document) => document.take(batch, who));
    const entry = entries.get(environmentId);
    if (!entry?.document?.isDirty()) return taken;
    clearTimeout(entry.pause);
    entry.pause = later(pauseMs, () => checkpoint(environmentId));
    return taken;
  };

  const release = async (environmentId: string): Promise<void> => {
    await checkpoint(environmentId);
    const entry = entries.get(environmentId);
    if (entry) forget(environmentId, entry);
  };

  const checkpointAll = async (): Promise<void> => {
    for (const environmentId of [...entries.keys()]) await checkpoint(environmentId);
  };

  return {
    use,
    checkpoint,
    checkpointAll,
    release,
    take,
    view: (environmentId) =>
      use(environmentId, async (document) => ({
        lastEvent: await deps.store.events.last(environmentId),
        revision: document.revision,
        sequence: document.sequence,
        graph: document.graph(),
        layout: document.layout(),
        issues: document.issues(),
      })),
    async close() {
      for (const environmentId of [...entries.keys()]) await release(environmentId).catch(logFailure);
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof PlumblineError && error.kind === 'user';
}

function stopTimers(entry: Entry, ...names: ('pause' | 'deadline' | 'idle')[]): void {
  for (const name of names) {
    clearTimeout(entry[name]);
    delete entry[name];
  }
}
