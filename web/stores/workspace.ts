import { compare } from 'semver';
import type {
  ContractDetail,
  ModuleDetail,
  Operation,
  OperationsEvent,
  PlumblineEvent,
  Run,
} from '../../schemas/generated/types.ts';
import { type Catalog, createCatalog } from '../../schemas/rules/catalog.ts';
import { contentOf } from '../../schemas/rules/content.ts';
import type { ApiClient, EnvironmentClient, Scope } from '../api/client.ts';
import { type EventStream, openEvents } from '../api/events.ts';
import { createDocumentStore, type DocumentStore } from './document.ts';
import { type BrowserStorage, createDraftBox } from './draft.ts';
import { joinOpenGroup } from './edits.ts';
import { createTextKeeper, type TextKeeper } from './kept-text.ts';
import { findOpenPages, openPage } from './open-pages.ts';
import { createOwed } from './owed.ts';
import { createPresence, type PresenceStore } from './presence.ts';
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
import { concealOperations } from './secrets.ts';
import { keepSelected, renameSelected, type SessionStore } from './session.ts';
import { createSync, type Sync } from './sync.ts';

/** What is the same for every environment: the published modules and contracts. */
export interface Library {
  catalog: Catalog;
  /** The newest version of each; `catalog` holds all of them. */
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
  sync: Sync;
  presence: PresenceStore;
  keptText: TextKeeper;
  /** Shows a run with its steps and its whole log. */
  openRun(id: string): Promise<void>;
  close(): void;
}

export async function loadLibrary(api: ApiClient): Promise<Library> {
  const [published, contracts] = await Promise.all([api.modules(), api.contracts()]);
  const byAge = published.toSorted((a, b) => compare(a.manifest.version, b.manifest.version));
  const byId = new Map(byAge.map((detail) => [detail.manifest.id, detail]));
  // Params are judged by the form's precompiled validator and by the server; the rules here judge lines.
  const catalog = createCatalog(
    published.map((detail) => detail.manifest),
    contracts.map((detail) => detail.document),
    () => [],
  );
  const modules = published.filter((detail) => byId.get(detail.manifest.id) === detail);
  return { catalog, modules, contracts, module: (id) => byId.get(id) };
}

/** While a group is open, what is added belongs to it, whichever command adds it. */
function insideOpenGroup(document: DocumentStore, session: SessionStore): DocumentStore {
  return {
    ...document,
    edit: (change, options) =>
      document.edit((before) => joinOpenGroup(before, change(before), session.getState().openGroup), options),
  };
}

interface OpenOptions {
  api: ApiClient;
  library: Library;
  session: SessionStore;
  scope: Scope;
  storage: BrowserStorage;
  /** Takes in what others moved, so that it can be followed with the eyes. */
  showMoves(parts: Pick<Workspace, 'document' | 'session'>, takeIn: () => void): void;
}

const mayMove = ({ path: [collection] }: Operation) => collection !== 'connections' && collection !== 'nodes';

const ISSUES_MS = 300;

export async function openWorkspace(options: OpenOptions): Promise<Workspace> {
  const { api, library, session, scope, storage, showMoves } = options;
  const environment = api.environment(scope);
  const [state, openPages] = await Promise.all([environment.state(), findOpenPages()]);
  const page = openPage();
  const { client } = page;
  const content = createDocumentStore(contentOf(state.graph, state.layout));
  const document = insideOpenGroup(content, session);
  const run = createRunStore(state);
  const presence = createPresence({ client, storage, send: environment.showPresence });
  const sync = createSync({
    document: content,
    target: environment,
    drafts: createDraftBox({
      storage,
      ...scope,
      client,
      conceal: (operations) => concealOperations(library.catalog, document.content().nodes, operations),
      isOpen: (other) => openPages.has(other),
    }),
    client,
    sequence: state.sequence,
    revision: state.revision,
    onIssues: (issues) => takeIssues(run, issues),
    onRenamed: (renamed) => renameSelected(session, renamed),
    onOthers: ({ client: other, operations }) => {
      if (other !== undefined) presence.flash(other, operations);
      askIssuesSoon();
    },
  });
  const keptText = createTextKeeper({
    storage,
    ...scope,
    client,
    catalog: library.catalog,
    isOpen: (other) => openPages.has(other),
  });
  let issuesTimer: ReturnType<typeof setTimeout> | undefined;

  const stopSelection = document.store.subscribe((now) => keepSelected(session, now));
  const stopPresence = session.subscribe(({ selection }, before) => {
    if (selection !== before.selection) presence.pick(selection.nodes, selection.connections);
  });

  function askIssuesSoon(): void {
    clearTimeout(issuesTimer);
    issuesTimer = setTimeout(() => {
      environment.issues().then(
        ({ issues }) => takeIssues(run, issues),
        // Away for now: what comes next asks again.
        () => {},
      );
    }, ISSUES_MS);
  }

  async function openRun(id: string): Promise<void> {
    const [full, lines] = await Promise.all([api.run(id), api.logs(id)]);
    showRun(run, full);
    takeLines(run, id, lines);
  }

  const owed = createOwed();
  async function refresh(): Promise<void> {
    takeState(run, await environment.state());
  }

  function followRun(event: PlumblineEvent): void {
    const { run: shown } = run.store.getState();
    const head = event.runState;
    if (!head) return;
    if (head.id !== shown?.id) {
      if (head.number > (shown?.number ?? 0)) owed.ask('run', () => openRun(head.id));
      return;
    }
    if (head.status !== 'planning' && head.status !== 'applying')
      owed.ask('run', () => refreshRun(head.id).then(refresh));
  }

  async function refreshRun(id: string): Promise<void> {
    const full: Run = await api.run(id);
    if (run.store.getState().run?.id === id) showRun(run, full);
  }

  function takeOperations(event: OperationsEvent): void {
    if (!event.operations.some(mayMove)) return sync.receive(event);
    showMoves({ document, session }, () => sync.receive(event));
  }

  function receive(event: PlumblineEvent): void {
    takeEvent(run, event);
    if (event.type === 'operations' && event.operations) takeOperations(event.operations);
    else if (event.type === 'run') followRun(event);
    else if (event.type === 'revision' && event.revision) sync.takeRevision(event.revision);
    else if (event.type === 'environment') owed.ask('state', refresh);
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
    url: (after) => environment.eventsUrl(after, client),
    after: state.lastEvent,
    onEvent: receive,
    onPresence: presence.receive,
    onOnline: (isOnline) => {
      setOnline(run, isOnline);
      if (!isOnline) return;
      presence.join();
      catchUp();
    },
  });
  const { run: last } = state;
  if (last) owed.ask('logs', async () => takeLines(run, last.id, await api.logs(last.id)));
  owed.ask('runs', async () => takeRuns(run, await environment.runs()));

  function catchUp(): void {
    void sync.flush();
    owed.settle();
  }
  // The stream may have been quiet all the while and have noticed nothing.
  const onNetwork = () => {
    events.hurry();
    catchUp();
  };
  window.addEventListener('online', onNetwork);

  return {
    scope,
    api,
    environment,
    library,
    document,
    session,
    run,
    sync,
    presence,
    keptText,
    openRun,
    close() {
      void sync.flush();
      events.close();
      window.removeEventListener('online', onNetwork);
      clearTimeout(issuesTimer);
      stopSelection();
      stopPresence();
      presence.stop();
      sync.stop();
      page.close();
    },
  };
}
