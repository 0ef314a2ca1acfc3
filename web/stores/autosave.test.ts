import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GraphNode, GraphSave, GraphSaved } from '../../schemas/generated/types.ts';
import { ApiFailure } from '../api/failure.ts';
import { createAutosave, type SaveTarget } from './autosave.ts';
import { createDocumentStore } from './document.ts';
import { EMPTY_CONTENT, graphOf } from './document-changes.ts';
import { createDraftBox } from './draft.ts';
import * as edits from './edits.ts';

const box = (id: string): GraphNode => ({ id, name: id, module: 'aws-queue', version: '^1.0.0' });

function memoryStorage() {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
}

function setUp(saveGraph: (save: GraphSave) => Promise<GraphSaved>) {
  const document = createDocumentStore();
  const drafts = createDraftBox(memoryStorage(), 'orders', 'development', (graph) => graph);
  const target = { saveGraph: vi.fn(saveGraph), saveLayout: vi.fn(async () => {}) } satisfies SaveTarget;
  const options = { document, target, drafts, revision: 1, saved: EMPTY_CONTENT, onIssues: () => {} };
  const autosave = createAutosave(options);
  const add = (id: string) =>
    document.edit((content) => edits.placeNode(content, box(id), { x: 0, y: 0 }), { label: 'add' });
  const status = () => autosave.state.getState().status;
  return { document, drafts, target, autosave, add, status };
}

const accept = async (save: GraphSave): Promise<GraphSaved> => ({ revision: save.base + 1, changed: true, issues: [] });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('autosave', () => {
  it('saves some time after the last edit, on the revision that it was made on', async () => {
    const { add, target, status, autosave, drafts } = setUp(accept);
    add('one');
    add('two');
    expect(status()).toBe('waiting');
    expect(drafts.read()?.graph.nodes).toHaveLength(2);
    await vi.runAllTimersAsync();
    expect(target.saveGraph).toHaveBeenCalledTimes(1);
    expect(target.saveGraph.mock.calls[0]?.[0]).toMatchObject({ base: 1, mode: 'draft' });
    expect(autosave.state.getState()).toMatchObject({ status: 'saved', revision: 2 });
    expect(drafts.read()).toBeUndefined();
  });

  it('saves what was edited while a save was under way on top of that save', async () => {
    const { add, target, autosave } = setUp(accept);
    add('one');
    const first = autosave.flush();
    add('two');
    await first;
    await autosave.flush();
    expect(target.saveGraph.mock.calls.map(([save]) => save.base)).toEqual([1, 2]);
  });

  it('sends positions alone when only boxes were moved', async () => {
    const { add, document, target, autosave } = setUp(accept);
    add('one');
    await autosave.flush();
    document.edit((content) => edits.moveNodes(content, { one: { x: 80, y: 0 } }), { label: 'move' });
    await autosave.flush();
    expect(target.saveGraph).toHaveBeenCalledTimes(1);
    expect(target.saveLayout).toHaveBeenCalledWith({ schemaVersion: 1, nodes: { one: { x: 80, y: 0 } } });
  });

  it('keeps edits in the browser while the server is away, and saves them when it is back', async () => {
    let isAway = true;
    const { add, drafts, status } = setUp((save) => (isAway ? Promise.reject(new ApiFailure(0, {})) : accept(save)));
    add('one');
    await vi.advanceTimersByTimeAsync(500);
    expect(status()).toBe('offline');
    expect(drafts.read()?.graph.nodes.map((node) => node.id)).toEqual(['one']);
    isAway = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(status()).toBe('saved');
    expect(drafts.read()).toBeUndefined();
  });

  describe('after a conflict', () => {
    const theirs = { schemaVersion: 1 as const, nodes: [box('theirs')], connections: [] };
    const conflict = new ApiFailure(409, { conflict: { base: 1, current: 5, currentGraph: theirs } });

    async function inConflict() {
      const set = setUp((save) => (save.base === 1 ? Promise.reject(conflict) : accept(save)));
      set.add('mine');
      await set.autosave.flush();
      expect(set.status()).toBe('conflict');
      return set;
    }

    it('goes on editing without a save until somebody has chosen', async () => {
      const { add, target, drafts } = await inConflict();
      add('more');
      await vi.advanceTimersByTimeAsync(60_000);
      expect(target.saveGraph).toHaveBeenCalledTimes(1);
      expect(drafts.read()?.graph.nodes.map((node) => node.id)).toEqual(['mine', 'more']);
    });

    it('saves mine on top of theirs when mine is kept', async () => {
      const { autosave, target } = await inConflict();
      expect(await autosave.keepMine()).toBe(true);
      const last = target.saveGraph.mock.calls.at(-1)?.[0];
      expect(last?.base).toBe(5);
      expect(last?.graph?.nodes.map((node) => node.id)).toEqual(['mine']);
    });

    it('shows theirs when theirs is chosen, and undo brings mine back', async () => {
      const { autosave, document, status } = await inConflict();
      autosave.takeTheirs();
      expect(graphOf(document.content()).nodes.map((node) => node.id)).toEqual(['theirs']);
      await vi.runAllTimersAsync();
      expect(status()).toBe('saved');
      document.undo();
      expect(graphOf(document.content()).nodes.map((node) => node.id)).toEqual(['mine']);
    });
  });

  it('takes in a newer revision only while nothing of ours waits to be saved', async () => {
    const { autosave, add, document } = setUp(accept);
    const newer = { ...EMPTY_CONTENT, nodes: { other: box('other') } };
    expect(autosave.takeRevision(3, newer)).toBe(true);
    expect(Object.keys(document.content().nodes)).toEqual(['other']);
    add('mine');
    expect(autosave.takeRevision(4, EMPTY_CONTENT)).toBe(false);
    expect(Object.keys(document.content().nodes)).toEqual(['other', 'mine']);
  });
});

it('takes over the sealed form of a secret as no step of the history, and saves it no second time', async () => {
  const sealed = { token: { $secret: 'id-1' } };
  const { document, target, autosave } = setUp(async (save) => ({
    ...(await accept(save)),
    graph: { ...(save.graph ?? graphOf(EMPTY_CONTENT)), nodes: [{ ...box('keeper'), params: sealed }] },
  }));
  document.edit(
    (content) => edits.placeNode(content, { ...box('keeper'), params: { token: 'in clear' } }, { x: 0, y: 0 }),
    {
      label: 'add',
    },
  );
  await vi.runAllTimersAsync();
  expect(document.content().nodes.keeper?.params).toEqual(sealed);
  expect(document.store.getState().past).toHaveLength(1);
  expect(await autosave.flush()).toBe(true);
  expect(target.saveGraph).toHaveBeenCalledTimes(1);
});
