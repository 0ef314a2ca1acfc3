import type { Issue } from '../../schemas/generated/types.ts';
import { paint, plain, type Terminal } from '../terminal.ts';

const weight = { save: 'error', plan: 'error', nothing: 'advice' } as const;

function printIssue(print: (line: string) => void, terminal: Terminal, issue: Issue): void {
  const kind = weight[issue.blocks];
  const place = issue.path === '' ? 'the file' : issue.path;
  print(
    `${paint(terminal, kind === 'error' ? 'red' : 'yellow', kind)} ${paint(terminal, 'bold', issue.code)} at ${plain(place)}`,
  );
  print(`  ${plain(issue.message)}`);
  for (const [label, text] of [
    ['got', issue.got],
    ['expected', issue.expected],
    ['to mend', issue.fix],
  ] as const) {
    if (text) print(`  ${paint(terminal, 'dim', label.padEnd(8))}  ${plain(text)}`);
  }
}

/** How many issues there are, as a person would say it. */
export function countIssues(issues: Issue[]): string {
  const errors = issues.filter((issue) => issue.blocks !== 'nothing').length;
  const advice = issues.length - errors;
  const parts = [
    errors > 0 && `${errors} error${errors === 1 ? '' : 's'}`,
    advice > 0 && `${advice} piece${advice === 1 ? '' : 's'} of advice`,
  ];
  return parts.filter(Boolean).join(' and ');
}

/** Prints every issue with where it is, what was got, what was expected and how to mend it. */
export function printIssues(terminal: Terminal, issues: Issue[], print: (line: string) => void): void {
  for (const issue of issues) printIssue(print, terminal, issue);
}
