import { expect, it } from 'vitest';
import type { NodeRuntime, Run, Step } from '../../../schemas/generated/types.ts';
import { ghostsOf, placeGhosts } from './ghosts-of.ts';

const runtime: Record<string, NodeRuntime> = {
  jobs: { node: 'jobs', status: 'live', name: 'jobs', module: 'aws-queue' },
  old: { node: 'old', status: 'removed', name: 'old-queue', module: 'aws-queue' },
};
const step = (status: Step['status']) => ({ '~old': { id: '~old', status } as Step });
const run = (status: Run['status']) => ({ status }) as Run;

it('shows what is deployed and no longer in the graph, and what the run does about it', () => {
  const word = (...[status, steps]: [Run['status'], Record<string, Step>]) =>
    ghostsOf({ runtime, steps, run: run(status) }, { jobs: {} }).map((ghost) => `${ghost.name}: ${ghost.word}`);
  expect(word('succeeded', {})).toEqual(['old-queue: still deployed']);
  expect(word('waiting', step('planned'))).toEqual(['old-queue: will be deleted']);
  expect(word('applying', step('running'))).toEqual(['old-queue: deleting']);
  expect(word('failed', step('failed'))).toEqual(['old-queue: could not be deleted']);
});

it('puts a ghost where it stood, unless a box stands there now', () => {
  const ghosts = ghostsOf({ runtime, steps: {}, run: undefined }, { jobs: {} });
  const stood = { x: 400, y: 80 };
  expect(placeGhosts(ghosts, { jobs: { x: 0, y: 0 } }, () => stood)).toEqual({ old: stood });
  expect(placeGhosts(ghosts, { jobs: { x: 392, y: 88 } }, () => stood).old?.y).toBeGreaterThan(88);
  expect(placeGhosts(ghosts, {}, () => undefined)).toEqual({ old: { x: 0, y: 0 } });
});
