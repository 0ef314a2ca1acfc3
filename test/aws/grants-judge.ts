// Holds answers against what was expected, and counts: one row of the table for each grant.
import type { Answer } from './grants-evaluator.ts';

export interface Verdict {
  action: string;
  resource: string;
  expected: Answer;
  /** An answer, or the words of one that is neither; absent where no call can ask. */
  emulator?: string;
  evaluator: Answer;
}

/** An action at which the emulator answers as AWS does not. */
export interface Defect {
  action: string;
  expected: Answer;
  reason: string;
}

interface Row {
  tried: number;
  /** As promised. */
  allowed: number;
  denied: number;
  /** In words. */
  wrong: string[];
  /** Actions that the evaluator judged alone. */
  alone: string[];
}

/** A verdict is right where everybody who judged says what was expected; the emulator's word counts unless the defect is listed. */
export function countVerdicts(verdicts: readonly Verdict[], defects: readonly Defect[]): Row {
  const row: Row = { tried: verdicts.length, allowed: 0, denied: 0, wrong: [], alone: [] };
  const alone = new Set<string>();
  for (const verdict of verdicts) {
    const { action, resource, expected, evaluator } = verdict;
    const emulator = isListed(verdict, defects) ? undefined : verdict.emulator;
    if (emulator === undefined) alone.add(action);
    if (evaluator === expected && (emulator ?? expected) === expected) row[expected] += 1;
    else row.wrong.push(`${action} on ${resource}: ${expected} was expected, ${words(emulator, evaluator)}`);
  }
  return { ...row, alone: [...alone].sort() };
}

function words(emulator: string | undefined, evaluator: Answer): string {
  return `the emulator says ${emulator ?? 'nothing'}, the evaluator ${evaluator}`;
}

function isListed({ action, expected }: Verdict, defects: readonly Defect[]): boolean {
  return defects.some((defect) => defect.action === action && defect.expected === expected);
}

/** Listed defects that did not occur in any of these verdicts. */
export function goneDefects(verdicts: readonly Verdict[], defects: readonly Defect[]): Defect[] {
  return defects.filter(
    (defect) =>
      !verdicts.some(
        (each) =>
          each.action === defect.action &&
          each.expected === defect.expected &&
          each.emulator !== undefined &&
          each.emulator !== defect.expected,
      ),
  );
}
