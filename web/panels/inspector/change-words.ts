import type { ChangeAction, ChangeTotals } from '../../../schemas/generated/types.ts';
import { DANGER } from '../../stores/run-view.ts';

const DONE: Record<ChangeAction, string> = {
  create: 'created',
  change: 'changed',
  replace: 'replaced',
  delete: 'deleted',
};

/** What will happen, or what has. */
export const changeWord = (action: ChangeAction, isDone: boolean) => (isDone ? DONE[action] : action);

/** `replace 1, create 4`, or `1 replaced, 4 created`. */
export function changeTotals(totals: ChangeTotals, isDone: boolean): string {
  return DANGER.filter((action) => totals[action] > 0)
    .map((action) => (isDone ? `${totals[action]} ${DONE[action]}` : `${action} ${totals[action]}`))
    .join(', ');
}
