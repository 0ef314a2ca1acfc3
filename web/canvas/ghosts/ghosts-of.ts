import type { Position } from '../../../schemas/generated/types.ts';
import type { RunState } from '../../stores/run.ts';
import { destroyId } from '../../stores/run-view.ts';
import { BOX_WIDTH } from '../geometry.ts';

/** A box that is deployed and no longer in the graph. */
export interface Ghost {
  node: string;
  name: string;
  module: string;
  word: string;
  state: 'kept' | 'delete' | 'busy' | 'failed';
}

/** What is still deployed of boxes that were taken away, and what the shown run does about it. */
export function ghostsOf(
  { runtime, steps, run }: Pick<RunState, 'runtime' | 'steps' | 'run'>,
  nodes: Readonly<Record<string, unknown>>,
): Ghost[] {
  return Object.values(runtime)
    .filter(({ node }) => !(node in nodes))
    .map(({ node, name, module }): Ghost => {
      const step = steps[destroyId(node)];
      const isShown = run !== undefined && step !== undefined;
      const ghost = { node, name: name ?? node, module: module ?? '' };
      if (isShown && step.status === 'running' && run.status === 'applying')
        return { ...ghost, word: 'deleting', state: 'busy' };
      if (isShown && step.status === 'failed') return { ...ghost, word: 'could not be deleted', state: 'failed' };
      const isPlanned = isShown && (run.status === 'waiting' || run.status === 'applying' || run.status === 'planning');
      return isPlanned
        ? { ...ghost, word: 'will be deleted', state: 'delete' }
        : { ...ghost, word: 'still deployed', state: 'kept' };
    });
}

const GAP = 24;
const ROW = 56;

/** Where it last stood, if that is known and free; else in a row below all boxes. */
export function placeGhosts(
  ghosts: readonly Ghost[],
  positions: Readonly<Record<string, Position>>,
  lastPlace: (id: string) => Position | undefined,
): Record<string, Position> {
  if (ghosts.length === 0) return {};
  const standing = Object.values(positions);
  const left = standing.length > 0 ? Math.min(...standing.map(({ x }) => x)) : 0;
  const below = standing.length > 0 ? Math.max(...standing.map(({ y }) => y)) + 4 * ROW : 0;
  const isFree = (place: Position) =>
    standing.every((other) => Math.abs(other.x - place.x) >= BOX_WIDTH || Math.abs(other.y - place.y) >= ROW);
  let homeless = 0;
  return Object.fromEntries(
    ghosts.map(({ node }) => {
      const last = lastPlace(node);
      if (last && isFree(last)) return [node, last];
      homeless += 1;
      return [node, { x: left + (homeless - 1) * (BOX_WIDTH + GAP), y: below }];
    }),
  );
}
