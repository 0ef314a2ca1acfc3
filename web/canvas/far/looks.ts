import type { GraphNode, Group, Issue, Note } from '../../../schemas/generated/types.ts';
import type { RunState } from '../../stores/run.ts';
import { type Badge, type BoxState, badgeOf, boxStatus, stepsBack } from '../../stores/run-view.ts';
import type { Shape } from './scene.ts';

/** What a shape says beside its hue: its name, and by a sign what it is and what will happen to it. */
export interface Look {
  name: string;
  state: BoxState;
  word: string;
  action?: Badge['action'];
  /** The sign of the action. */
  sign?: string;
  /** Nothing will happen to it while a plan is shown. */
  isBack: boolean;
  hasIssue: boolean;
}

export type LookOf = (shape: Shape) => Look;

const concerned = new WeakMap<readonly Issue[], { nodes: ReadonlySet<string>; lines: ReadonlySet<string> }>();

/** The boxes and lines that issues speak of; the issues are gone through once. */
export function concernedBy(issues: readonly Issue[]): { nodes: ReadonlySet<string>; lines: ReadonlySet<string> } {
  const known = concerned.get(issues);
  if (known) return known;
  const blocking = issues.filter((issue) => issue.blocks !== 'nothing');
  const found = {
    nodes: new Set(blocking.flatMap(({ node }) => node ?? [])),
    lines: new Set(blocking.flatMap(({ connection }) => connection ?? [])),
  };
  concerned.set(issues, found);
  return found;
}

interface Source extends Pick<RunState, 'run' | 'steps' | 'runtime' | 'issues'> {
  nodes: Readonly<Record<string, Pick<GraphNode, 'name'>>>;
  groups: Readonly<Record<string, Group>>;
  notes: Readonly<Record<string, Note>>;
}

export function createLooks({ nodes, groups, notes, run, steps, runtime, issues }: Source): LookOf {
  const withIssue = concernedBy(issues).nodes;
  return ({ id, kind }) => {
    const own = id.slice(id.indexOf(':') + 1);
    const plain = { state: 'none', word: '', isBack: false, hasIssue: false } as const;
    if (kind === 'frame' || kind === 'folded') return { ...plain, name: groups[own]?.title ?? own };
    if (kind === 'note') return { ...plain, name: notes[own]?.text.split('\n', 1)[0] ?? '' };
    if (kind === 'stub') return { ...plain, name: nodes[own.slice(own.indexOf('/') + 1)]?.name ?? own };
    const step = steps[id] ?? steps[`~${id}`];
    const { state, word } = boxStatus(run, step, runtime[id]);
    const badge = badgeOf(run, step);
    return {
      name: nodes[id]?.name ?? id,
      state,
      word,
      action: badge?.action,
      sign: badge?.sign,
      isBack: stepsBack(run, step),
      hasIssue: withIssue.has(id),
    };
  };
}
