import { describe, expect, it, vi } from 'vitest';
import type { EnvironmentState, LogLine, Run, Step } from '../../schemas/generated/types.ts';
import { createRunStore, takeEvent, takeLines } from './run.ts';
import { badgeOf, boxStatus, canApply, inDangerOrder, isLineLive, progressOf, stepSummary } from './run-view.ts';

const none = { create: 0, change: 0, replace: 0, delete: 0 };
const step = (id: string, patch: Partial<Step> = {}): Step => ({
  id,
  node: id,
  name: id,
  module: 'aws-queue',
  action: 'apply',
  wave: 0,
  dependsOn: [],
  status: 'planned',
  totals: none,
  changes: [],
  phases: [],
  ...patch,
});
const run = (patch: Partial<Run> = {}): Run => ({
  id: 'run-1',
  number: 1,
  project: 'orders',
  environment: 'development',
  kind: 'plan',
  status: 'waiting',
  revision: 4,
  only: [],
  refresh: false,
  by: 'you',
  createdAt: '2026-11-20T10:00:00.000Z',
  totals: none,
  waves: [],
  steps: [],
  needs: [],
  ...patch,
});
const state = { environment: {}, runtime: [], artifacts: [], issues: [], run: run() } as unknown as EnvironmentState;
const line = (id: number): LogLine => ({
  id,
  at: '2026-11-20T10:00:00.000Z',
  run: 'run-1',
  step: 'a',
  phase: 'plan',
  level: 'info',
  text: `line ${id}`,
});
const event = { id: 1, at: '', project: 'orders', environment: 'development' };

describe('the mirror of the server', () => {
  it('takes a step of the shown run and leaves steps of other runs out', () => {
    const mirror = createRunStore(state);
    takeEvent(mirror, { ...event, type: 'step', run: 'run-1', step: step('a', { status: 'running' }) });
    takeEvent(mirror, { ...event, type: 'step', run: 'run-0', step: step('b') });
    expect(Object.keys(mirror.store.getState().steps)).toEqual(['a']);
  });

  it('keeps log lines once and in order, whatever order replay and fetch bring them in', () => {
    vi.useFakeTimers();
    const mirror = createRunStore(state);
    takeLines(mirror, 'run-1', [line(3), line(4)]);
    takeLines(mirror, 'run-1', [line(1), line(2), line(3)]);
    takeLines(mirror, 'run-2', [line(9)]);
    expect(mirror.lines().map((entry) => entry.id)).toEqual([1, 2, 3, 4]);
    const before = mirror.store.getState().logVersion;
    vi.runAllTimers();
    expect(mirror.store.getState().logVersion).toBe(before + 1);
    vi.useRealTimers();
  });
});

describe('what a box shows', () => {
  it('wears the worst thing that will happen to it', () => {
    const totals = { create: 3, change: 2, replace: 1, delete: 0 };
    expect(badgeOf(run(), step('a', { totals }))).toMatchObject({ action: 'replace', text: '± replace 1' });
    expect(badgeOf(run({ status: 'succeeded', kind: 'apply' }), step('a', { totals }))).toBeUndefined();
  });

  it('says what its step is doing while it runs, and what is deployed otherwise', () => {
    const phases: Step['phases'] = [{ name: 'apply', status: 'running', startedAt: '2026-11-20T10:00:00.000Z' }];
    expect(boxStatus(run({ status: 'applying' }), step('a', { status: 'running', phases }), undefined)).toMatchObject({
      state: 'busy',
      word: 'applying',
    });
    expect(boxStatus(undefined, undefined, { node: 'a', status: 'live' }).word).toBe('live');
    expect(boxStatus(undefined, undefined, undefined).word).toBe('not applied');
  });

  it('calls a line live only when its consumer was applied with it', () => {
    const connection = { id: 'l', from: { node: 'a', port: 'q' }, to: { node: 'b', port: 'e' }, grants: [] };
    expect(isLineLive(connection, { node: 'b', status: 'live', connections: ['l'] })).toBe(true);
    expect(isLineLive(connection, { node: 'b', status: 'live', connections: [] })).toBe(false);
    expect(isLineLive(connection, { node: 'b', status: 'failed', connections: ['l'] })).toBe(false);
  });
});

describe('a review', () => {
  it('lists lost data first, then deletes, replacements, changes and creations', () => {
    const steps = [
      step('create', { totals: { ...none, create: 1 } }),
      step('same'),
      step('change', { totals: { ...none, change: 1 } }),
      step('delete', { totals: { ...none, delete: 1 } }),
      step('data', { totals: { ...none, replace: 1 } }),
    ];
    const needs: Run['needs'] = [{ kind: 'name', node: 'data', name: 'data', reason: 'It holds data.' }];
    expect(inDangerOrder(steps, { needs }).map((entry) => entry.id)).toEqual(['data', 'delete', 'change', 'create']);
  });

  it('is offered only while the plan speaks of the graph as it is now', () => {
    expect(canApply(run(), 4)).toBe(true);
    expect(canApply(run(), 5)).toBe(false);
    expect(canApply(run({ status: 'applying' }), 4)).toBe(false);
  });

  it('names resources in a line, and counts the rest', () => {
    const changes: Step['changes'] = ['queue', 'dead_letters', 'policy', 'alarm', 'key'].map((name) => ({
      address: `aws_thing.${name}`,
      type: 'aws_thing',
      action: 'create',
      attributes: [],
    }));
    expect(stepSummary(step('a', { changes }))).toBe('+ queue, + dead letters, + policy, 2 more');
  });
});

describe('what a run says while it goes on', () => {
  it('counts the boxes that are done and names those that are busy, with their wave', () => {
    const steps = {
      a: step('a', { status: 'succeeded' }),
      b: step('b', { status: 'running', wave: 1 }),
      c: step('c', { wave: 2 }),
    };
    const going = run({ status: 'applying', waves: [['a'], ['b'], ['c']] });
    expect(progressOf(going, steps)).toEqual({ done: 1, all: 3, says: 'Applying b, wave 2 of 3' });
    expect(progressOf({ ...going, status: 'planning' }, steps)).toMatchObject({
      done: 2,
      says: 'Planning b, wave 2 of 3',
    });
    expect(progressOf(run({ status: 'waiting' }), steps)).toBeUndefined();
  });

  it('tells a box that waits for its wave from one that nothing happens to', () => {
    const going = run({ status: 'applying', waves: [['a'], ['b']] });
    const waiting = step('b', { wave: 1, totals: { ...none, create: 1 } });
    expect(boxStatus(going, waiting, undefined).word).toBe('waits, wave 2');
    expect(boxStatus(going, step('b'), undefined).word).toBe('not applied');
  });

  it('marks a box as unknown where only values to come could change it', () => {
    expect(badgeOf(run(), step('a', { unknownInputs: ['line.arn'] }))).toMatchObject({ action: 'unknown', sign: '?' });
    expect(badgeOf(run(), step('a'))).toBeUndefined();
  });
});
