import type { ChangeTotals } from '../../../schemas/generated/types.ts';
import type { RunState } from '../../stores/run.ts';
import { ACTION_SIGN, type BoxState, boxStatus, DANGER, isOverlay } from '../../stores/run-view.ts';

export interface GroupSummary {
  state: BoxState;
  /** `failed 1`, `live`: the worst state, with how many boxes are in it where not all are. */
  word: string;
  /** What the plan will do in it: `−1 ±1 ~2 +3`; nothing while there is no plan. */
  plan: string;
  /** The most dangerous of it. */
  action: keyof ChangeTotals | undefined;
  issues: number;
}

const WORST: readonly BoxState[] = ['failed', 'blocked', 'busy', 'none', 'live'];

/** What a collapsed group says of its boxes. */
export function summarise(run: RunState, boxes: readonly string[]): GroupSummary {
  const inside = new Set(boxes);
  const statuses = boxes.map((id) => boxStatus(run.run, run.steps[id] ?? run.steps[`~${id}`], run.runtime[id]));
  const state = WORST.find((each) => statuses.some((status) => status.state === each)) ?? 'none';
  const worst = statuses.filter((status) => status.state === state);
  const totals: ChangeTotals = { create: 0, change: 0, replace: 0, delete: 0 };
  if (isOverlay(run.run)) {
    for (const id of boxes) {
      const step = run.steps[id] ?? run.steps[`~${id}`];
      for (const action of DANGER) totals[action] += step?.totals[action] ?? 0;
    }
  }
  const planned = DANGER.filter((action) => totals[action] > 0);
  return {
    state,
    word: `${worst[0]?.word ?? 'empty'}${worst.length < boxes.length ? ` ${worst.length}` : ''}`,
    plan: planned.map((action) => `${ACTION_SIGN[action]}${totals[action]}`).join(' '),
    action: planned[0],
    issues: run.issues.filter(
      (issue) => issue.node !== undefined && inside.has(issue.node) && issue.blocks !== 'nothing',
    ).length,
  };
}
