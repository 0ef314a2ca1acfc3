// The document of one environment as people edit it: the newest revision and layout, and every batch of operations since.
import type {
  Graph,
  Issue,
  Layout,
  Operation,
  OperationBatch,
  OperationsTaken,
} from '../../schemas/generated/types.ts';
import { canonicalGraph } from '../../schemas/rules/canonical.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { createGraphCheck } from '../../schemas/rules/check-graph.ts';
import { compareText } from '../../schemas/rules/compare.ts';
import {
  type Collection,
  contentOf,
  type DocumentContent,
  graphOf,
  layoutContent,
  layoutOf,
} from '../../schemas/rules/content.ts';
import { applyOperations, diffOperations } from '../../schemas/rules/operations.ts';
import { fail } from '../errors.ts';
import type { EnvironmentRecord } from '../store/environments.ts';
import { type JournalEntry, REMEMBERED_BATCHES } from '../store/operations.ts';
import type { Store } from '../store/store.ts';
import type { EventHub } from './events.ts';
import { refuseMalformed, refuseTakenIds, refuseWorse } from './judge-operations.ts';
import { hideValues, sealSecretParams } from './seal-params.ts';

export interface DocumentDependencies {
  store: Pick<Store, 'environments' | 'revisions' | 'layouts' | 'operations' | 'secrets' | 'events' | 'transaction'>;
  events: EventHub;
  catalog: Catalog;
}

/** What a document is at one place in the order of operations. */
interface Version {
  content: DocumentContent;
  sequence: number;
  /** Number of the newest revision. */
  revision: number;
  /** What the newest revision and the layout hold. */
  saved: { content: DocumentContent; sequence: number };
  /** Who made the last edit. */
  by: string;
}

/** Whose batches the server's own are, such as a push of a file: no page may call itself so. */
const OWN_CLIENT = 'server';

/** Told edits are forgotten in lots: finding them looks at every event of the environment. */
const FORGET_EVERY = 250;

export type LiveDocument = Awaited<ReturnType<typeof openDocument>>;

/**
 * Reads the document of an environment: its newest revision, its layout, and what the journal has beyond them. The caller lets one thing
 * happen to it at a time.
 * @throws `unknown-environment` where it was removed
 */
export async function openDocument({ store, events, catalog }: DocumentDependencies, environmentId: string) {
  const environment = await store.environments.get(environmentId);
  if (!environment) return fail('unknown-environment', { values: { name: environmentId, project: '' } });
  const { project, name } = environment.document;
  let version = await readVersion(store, environment);
  let issues: Issue[] | undefined;

  const checkAgain = createGraphCheck(catalog, { project, name });
  const check = (content: DocumentContent) => checkAgain(sortedGraph(content));
  const currentIssues = () => (issues ??= check(version.content));

  /** Puts operations into the journal and tells them, inside of a transaction. */
  const append = async (entry: JournalEntry): Promise<void> => {
    await store.operations.append(environmentId, entry);
    const { sequence, client, batch, operations } = entry;
    const told = { sequence, client, batch, operations };
    await events.publish(environmentId, [{ project, environment: name, type: 'operations', operations: told }]);
  };

  /** Saves what is not in the newest revision and the layout yet, inside of a transaction. */
  const save = async (next: Version, isFirst = false): Promise<Version> => {
    const { saved, sequence, by } = next;
    const graph = canonicalGraph(graphOf(next.content), saved.content);
    const layout = layoutOf(next.content);
    let { revision } = next;
    if (differs(saved.content, next.content, GRAPH_PARTS) || isFirst) {
      const result = await store.revisions.save(environmentId, revision, graph, by);
      if (!result.ok) throw new Error(`revision ${revision} of ${project}/${name} is not its newest`);
      revision = result.revision;
    }
    if (differs(saved.content, next.content, LAYOUT_PARTS)) await store.layouts.put(environmentId, layout);
    await store.operations.checkpoint(environmentId, sequence);
    if (Math.floor(sequence / FORGET_EVERY) > Math.floor(saved.sequence / FORGET_EVERY))
      await store.events.forgetOperations(environmentId, sequence - REMEMBERED_BATCHES);
    if (revision !== next.revision)
      await events.publish(environmentId, [{ project, environment: name, type: 'revision', revision }]);
    const content = contentOf(graph, layout);
    return { content, sequence, revision, saved: { content, sequence }, by };
  };

  const isDirty = () => version.sequence !== version.saved.sequence;

  return {
    get content() {
      return version.content;
    },
    get sequence() {
      return version.sequence;
    },
    get revision() {
      return version.revision;
    },
    /** With paths into the graph in its canonical order. */
    issues: currentIssues,
    graph: (): Graph => canonicalGraph(graphOf(version.content)),
    layout: (): Layout => layoutOf(version.content),
    isDirty,
    /**
     * Takes a batch: all of it is stored and told, or nothing. One that was taken before is answered as it was then, and not taken again.
     * @throws `id-taken`, `operations-refused`, `unknown-secret`
     */
    async take({ client, batch, operations }: OperationBatch, by: string): Promise<OperationsTaken> {
      const known = await store.operations.find(environmentId, client, batch);
      if (known) return answer(known, currentIssues());
      const { content } = version;
      refuseTakenIds(content, operations);
      const asked = applyOperations(content, operations);
      refuseMalformed(operations, asked);
      const isChecked = isOtherGraph(content, asked);
      const checked = isChecked ? check(asked) : currentIssues();
      const taken = await store.transaction(async () => {
        const context = { secrets: store.secrets, catalog, environmentId, before: content.nodes };
        const sealed = await sealContent(context, content, asked);
        const shown = hideValues(checked, sealed.hidden);
        refuseWorse(currentIssues(), shown);
        // What had no effect may hold a secret still, such as a param of a box that is gone.
        const clean = operations.some(mayHoldSecret) ? diffOperations(content, sealed.content) : operations;
        const changed = clean !== operations && JSON.stringify(clean) !== JSON.stringify(operations);
        const sequence = version.sequence + 1;
        const entry = { sequence, client, batch, operations: clean, changed, by };
        await append(entry);
        const after = changed ? applyOperations(content, clean) : asked;
        return { entry, shown, isSealed: sealed.hidden.length > 0, next: { ...version, content: after, sequence, by } };
      });
      version = taken.next;
      if (isChecked) issues = taken.isSealed ? undefined : taken.shown;
      return answer(taken.entry, taken.shown);
    },
    /** Every issue of another graph for this environment, with paths into it as it is. */
    check: checkAgain,
    /** The operations that would make the document this graph and layout. */
    difference(graph: Graph, layout: Layout): Operation[] {
      const asked = contentOf(graph, layout);
      return diffOperations(version.content, { ...asked, ...layoutContent(layoutOf(asked)) });
    },
    /** Takes operations that the caller has judged and sealed as a batch of the server's own, and makes a revision of them at once. */
    async write(operations: Operation[], by: string): Promise<void> {
      const isFirst = version.revision === 0;
      if (operations.length === 0 && !isFirst) return;
      version = await store.transaction(async () => {
        const sequence = version.sequence + 1;
        await append({ sequence, client: OWN_CLIENT, batch: sequence, operations, changed: false, by });
        return save({ ...version, content: applyOperations(version.content, operations), sequence, by }, isFirst);
      });
      issues = undefined;
    },
    /** Saves what was taken since the last checkpoint as a revision and the layout. */
    async checkpoint(): Promise<void> {
      if (isDirty()) version = await store.transaction(() => save(version));
    },
  };
}

async function readVersion(store: DocumentDependencies['store'], environment: EnvironmentRecord): Promise<Version> {
  const { id, sequence } = environment;
  const head = await store.revisions.head(id);
  const graph: Graph = head?.graph ?? { schemaVersion: 1, nodes: [], connections: [] };
  const content = contentOf(graph, await store.layouts.get(id));
  const journal = await store.operations.after(id, sequence);
  const last = journal.at(-1);
  return {
    content: journal.reduce((before, entry) => applyOperations(before, entry.operations), content),
    sequence: last?.sequence ?? sequence,
    revision: head?.revision ?? 0,
    saved: { content, sequence },
    by: last?.by ?? head?.by ?? '',
  };
}

/** The content with the values of secret params sealed, where `asked` sets any. */
async function sealContent(
  context: Parameters<typeof sealSecretParams>[0],
  before: DocumentContent,
  asked: DocumentContent,
): Promise<{ content: DocumentContent; hidden: string[] }> {
  if (asked.nodes === before.nodes) return { content: asked, hidden: [] };
  const touched = Object.values(asked.nodes).filter((node) => node !== before.nodes[node.id]);
  const { nodes, hidden } = await sealSecretParams(context, touched);
  const sealed = Object.fromEntries(nodes.map((node) => [node.id, node]));
  return { content: hidden.length > 0 ? { ...asked, nodes: { ...asked.nodes, ...sealed } } : asked, hidden };
}

function mayHoldSecret({ path: [collection, , member], value }: Operation): boolean {
  return collection === 'nodes' && value !== undefined && (member === undefined || member === 'params');
}

function answer({ sequence, operations, changed }: JournalEntry, issues: Issue[]): OperationsTaken {
  return { sequence, issues, ...(changed ? { operations } : {}) };
}

/** Boxes and lines in canonical order, so that the paths of issues fit the canonical text. */
function sortedGraph(content: DocumentContent): Graph {
  const graph = graphOf(content);
  const byId = (left: { id: string }, right: { id: string }) => compareText(left.id, right.id);
  graph.nodes.sort(byId);
  graph.connections.sort(byId);
  return graph;
}

function isOtherGraph(left: DocumentContent, right: DocumentContent): boolean {
  return left.nodes !== right.nodes || left.connections !== right.connections;
}

const GRAPH_PARTS = ['nodes', 'connections'] as const;
const LAYOUT_PARTS = ['positions', 'groups', 'members', 'notes'] as const;

/** Whether some of these collections hold other values: an edit that was taken back is none. */
function differs(left: DocumentContent, right: DocumentContent, parts: readonly Collection[]): boolean {
  const only = Object.fromEntries(parts.map((part) => [part, right[part]]));
  return diffOperations(left, { ...left, ...only }).length > 0;
}
