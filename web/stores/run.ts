import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  Artifact,
  EnvironmentDocument,
  EnvironmentState,
  Issue,
  LogLine,
  NodeRuntime,
  PlumblineEvent,
  Run,
  RunHead,
  Step,
} from '../../schemas/generated/types.ts';

/** A read-only mirror of the server: only the functions below write it, and only with what the server said. */
export interface RunState {
  environment: EnvironmentDocument;
  runtime: Readonly<Record<string, NodeRuntime>>;
  artifacts: Readonly<Record<string, Artifact>>;
  issues: readonly Issue[];
  runs: readonly RunHead[];
  /** The run that the canvas and the drawer show, without its steps. */
  run?: Run;
  /** Its steps by id, so that a box subscribes to its own only. */
  steps: Readonly<Record<string, Step>>;
  /** Counts up when lines were added to the log of the shown run. */
  logVersion: number;
  isOnline: boolean;
}

export interface RunStore {
  store: StoreApi<RunState>;
  /** Lines of the shown run, oldest first. Read together with `logVersion`. */
  lines(): readonly LogLine[];
}

interface MutableLog {
  run: string;
  lines: LogLine[];
  timer?: ReturnType<typeof setTimeout>;
}

const LOG_LIMIT = 50_000;
const LOG_BATCH_MS = 60;
const logs = new WeakMap<RunStore, MutableLog>();

export const artifactKey = (node: string, port: string) => `${node}/${port}`;

const byId = <T>(items: readonly T[], key: (item: T) => string): Record<string, T> =>
  Object.fromEntries(items.map((item) => [key(item), item]));

function partsOf(state: EnvironmentState) {
  return {
    environment: state.environment,
    runtime: byId(state.runtime, (entry) => entry.node),
    artifacts: byId(state.artifacts, (artifact) => artifactKey(artifact.node, artifact.port)),
  };
}

export function createRunStore(state: EnvironmentState): RunStore {
  const store = createStore<RunState>()(() => ({
    ...partsOf(state),
    issues: state.issues,
    runs: [],
    run: state.run,
    steps: byId(state.run?.steps ?? [], (step) => step.id),
    logVersion: 0,
    isOnline: true,
  }));
  const run: RunStore = { store, lines: () => logs.get(run)?.lines ?? [] };
  logs.set(run, { run: state.run?.id ?? '', lines: [] });
  return run;
}

/** The server's whole picture, after an apply or a reconnect; the shown run stays. */
export function takeState(run: RunStore, state: EnvironmentState): void {
  run.store.setState({ ...partsOf(state), issues: state.issues });
}

export function takeIssues(run: RunStore, issues: readonly Issue[]): void {
  run.store.setState({ issues });
}

export function takeRuns(run: RunStore, runs: readonly RunHead[]): void {
  run.store.setState({ runs });
}

/** Shows this run; its log starts empty unless it is already shown. */
export function showRun(run: RunStore, shown: Run | undefined): void {
  const log = logs.get(run);
  if (log && log.run !== shown?.id) logs.set(run, { run: shown?.id ?? '', lines: [] });
  run.store.setState((state) => ({
    run: shown,
    steps: byId(shown?.steps ?? [], (step) => step.id),
    runs: shown ? withHead(state.runs, headOf(shown)) : state.runs,
    logVersion: state.logVersion + 1,
  }));
}

export function headOf(run: Run | RunHead): RunHead {
  const { id, number, kind, status, revision, by, createdAt, endedAt, totals, needs, error } = run;
  return { id, number, kind, status, revision, by, createdAt, endedAt, totals, needs, error };
}

function withHead(runs: readonly RunHead[], head: RunHead): readonly RunHead[] {
  const others = runs.filter((entry) => entry.id !== head.id);
  return [head, ...others].sort((a, b) => b.number - a.number);
}

/** Adds lines of the shown run; one already there (replay, refetch) is not added again. */
export function takeLines(run: RunStore, id: string, lines: readonly LogLine[]): void {
  const log = logs.get(run);
  if (!log || log.run !== id || lines.length === 0) return;
  const newest = log.lines.at(-1)?.id ?? 0;
  const isInOrder = lines.every((line, index) => line.id > (lines[index - 1]?.id ?? newest));
  if (isInOrder) {
    log.lines.push(...lines);
  } else {
    const merged = new Map([...log.lines, ...lines].map((line) => [line.id, line]));
    log.lines = [...merged.values()].sort((a, b) => a.id - b.id);
  }
  if (log.lines.length > LOG_LIMIT) log.lines = log.lines.slice(-LOG_LIMIT);
  log.timer ??= setTimeout(() => {
    log.timer = undefined;
    run.store.setState((state) => ({ logVersion: state.logVersion + 1 }));
  }, LOG_BATCH_MS);
}

/** What one event changes in the mirror. Runs that are not shown only update the list of runs. */
export function takeEvent(run: RunStore, event: PlumblineEvent): void {
  const { store } = run;
  const { run: shown } = store.getState();
  if (event.type === 'run' && event.runState) {
    const head = event.runState;
    store.setState((state) => ({
      runs: withHead(state.runs, head),
      run: shown?.id === head.id ? { ...shown, endedAt: undefined, error: undefined, ...head } : shown,
    }));
  } else if (event.type === 'step' && event.step && event.run === shown?.id) {
    const { step } = event;
    store.setState((state) => ({ steps: { ...state.steps, [step.id]: step } }));
  } else if (event.type === 'log' && event.line) {
    takeLines(run, event.line.run, [event.line]);
  } else if (event.type === 'artifact' && event.artifact) {
    const { artifact } = event;
    const key = artifactKey(artifact.node, artifact.port);
    store.setState((state) => ({ artifacts: { ...state.artifacts, [key]: artifact } }));
  }
}

/** A step of the shown run succeeded: its box is live with these lines, before the full picture is fetched again. */
export function markApplied(run: RunStore, step: Step, connections: string[]): void {
  run.store.setState((state) => {
    const runtime = { ...state.runtime };
    if (step.action === 'destroy') delete runtime[step.node];
    else runtime[step.node] = { node: step.node, status: 'live', name: step.name, module: step.module, connections };
    return { runtime };
  });
}

export function setOnline(run: RunStore, isOnline: boolean): void {
  if (run.store.getState().isOnline !== isOnline) run.store.setState({ isOnline });
}
