import type { Issue } from '../../../schemas/generated/types.ts';

const known = new WeakMap<readonly Issue[], ReadonlyMap<string, Issue>>();

/** What is wrong with a line, the first thing that blocks; the issues are gone through once for all lines. */
export function issueOfLine(issues: readonly Issue[], line: string): Issue | undefined {
  let byLine = known.get(issues);
  if (!byLine) {
    const blocking = issues.filter((issue) => issue.connection !== undefined && issue.blocks !== 'nothing');
    byLine = new Map(blocking.reverse().map((issue) => [issue.connection ?? '', issue]));
    known.set(issues, byLine);
  }
  return byLine.get(line);
}
