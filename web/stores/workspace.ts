import type { ContractDetail, ModuleDetail, PlumblineEvent, Run } from '../../schemas/generated/types.ts';
import { type Catalog, createCatalog } from '../../schemas/rules/catalog.ts';
import type { ApiClient, EnvironmentClient, Scope } from '../api/client.ts';
import { type EventStream, openEvents } from '../api/events.ts';
import { type Autosave, createAutosave } from './autosave.ts';
import { createDocumentStore, type DocumentStore } from './document.ts';
import { contentOf } from './document-changes.ts';
import { createDraftBox } from './draft.ts';
import {
  createRunStore,
  markApplied,
  type RunStore,
  setOnline,
  showRun,
  takeEvent,
  takeIssues,
  takeLines,
  takeRuns,
  takeState,
} from './run.ts';
import { withoutSecrets } from './secrets.ts';
import { keepSelected, type SessionStore } from './session.ts';

/** What is the same for every environment: the published modules and contracts. */
export interface Library {
  catalog: Catalog;
  modules: readonly ModuleDetail[];
  contracts: readonly ContractDetail[];
  module(id: string): ModuleDetail | undefined;
}

/** One open environment: its stores, and what keeps them in step with the server. */
export interface Workspace {
  scope: Scope;
  api: ApiClient;
  environment: EnvironmentClient;
  library: Library;
  document: DocumentStore;
  session: SessionStore;
  run: RunStore;
  autosave: Autosave;
  /** Shows a run with its steps and its whole log. */
  openRun(id: string): Promise<void>;
  close(): void;
}

export async function loadLibrary(api: ApiClient): Promise<Library> {
  const [modules, contracts] = await Promise.all([api.modules(), api.contracts()]);
  const byId = new Map(modules.map((detail) => [detail.manifest.id, detail]));
  // Params are judged by the form's precompiled validator and by the server; the rules here judge lines.
  const catalog = createCatalog(
    modules.map((detail) => detail.manifest),
    contracts.map((detail) => detail.document),
    () => [],
  );
  return { catalog, modules, contracts, module: (id) => byId.get(id) };
}

interface OpenOptions {
  api: ApiClient;
  library: Library;
  session: SessionStore;
  scope: Scope;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

export async function openWorkspace({ api, library, session, scope, storage }: OpenOptions): Promise<Workspace> {
  const environment = api.environment(scope);
  const state = await environment.state();
  const saved = contentOf(state.graph, state.layout);
  const document = createDocumentStore(saved);
  const run = createRunStore(state);
  const drafts = createDraftBox(storage, scope.project, scope.environment, (graph) =>
    withoutSecrets(library.catalog, graph),
  );
  const draft = drafts.read();
  const autosave = createAutosave({
    document,
    target: environment,
    drafts,
    revision: draft?.base ?? state.revision,
    saved,
    onIssues: (issues) => takeIssues(run, issues),
  });
  if (draft) document.edit(() => contentOf(draft.graph, draft.layout), { label: 'edits kept in this browser' });

  const stopSelection = document.store.subscribe((now) =>
    keepSelected(session, { node: (id) => id in now.nodes, line: (id) => id in now.connections }),
  );

  async function openRun(id: string): Promise<void> {
    const [full, lines] = await Promise.all([api.run(id), api.logs(id)]);
    showRun(run, full);
    takeLines(run, id, lines);
  }

  async function refresh(): Promise<void> {
    takeState(run, await environment.state());
  }

  async function followRevision(revision: number): Promise<void> {
    if (revision <= autosave.state.getState().revision) return;
    const fresh = await environment.state();
    if (autosave.takeRevision(fresh.revision, contentOf(fresh.graph, fresh.layout))) takeIssues(run, fresh.issues);
  }

  function followRun(event: PlumblineEvent): void {
    const { run: shown } = run.store.getState();
    const head = event.runState;
    if (!head) return;
    if (head.id !== shown?.id) {
      if (head.number > (shown?.number ?? 0)) void openRun(head.id);
      return;
    }
    if (head.status !== 'planning' && head.status !== 'applying') void refreshRun(head.id).then(refresh);
  }

  async function refreshRun(id: string): Promise<void> {
    const full: Run = await api.run(id);
    if (run.store.getState().run?.id === id) showRun(run, full);
  }

  function receive(event: PlumblineEvent): void {
    takeEvent(run, event);
    if (event.type === 'run') followRun(event);
    else if (event.type === 'revision' && event.revision) void followRevision(event.revision);
    else if (event.type === 'environment') void refresh();
    else if (event.type === 'step' && event.step?.status === 'succeeded') {
      const { step } = event;
      if (!step.phases.some((phase) => phase.name === 'apply' && phase.status === 'succeeded')) return;
      const lines = Object.values(document.content().connections).filter((line) => line.to.node === step.node);
      markApplied(
        run,
        step,
        lines.map((line) => line.id),
      );
    }
  }

  const events: EventStream = openEvents({
    url: environment.eventsUrl,
    after: state.lastEvent,
    onEvent: receive,
    onOnline: (isOnline) => {
      setOnline(run, isOnline);
      if (isOnline) void autosave.flush();
    },
  });
  if (state.run) void api.logs(state.run.id).then((lines) => takeLines(run, state.run?.id ?? '', lines));
  void environment.runs().then((runs) => takeRuns(run, runs));

  return {
    scope,
    api,
    environment,
    library,
    document,
    session,
    run,
    autosave,
    openRun,
    close() {
      events.close();
      stopSelection();
      autosave.stop();
    },
  };
}
