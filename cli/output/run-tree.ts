import type { Run, RunError, Step } from '../../schemas/generated/types.ts';
import { type Color, paint, plain, type Terminal } from '../terminal.ts';
import { totalsInWords } from './changes.ts';
import { took } from './time.ts';

const colors: Record<string, Color> = {
  succeeded: 'green',
  planned: 'cyan',
  running: 'cyan',
  failed: 'red',
  blocked: 'yellow',
  cancelled: 'yellow',
  waiting: 'yellow',
};

/** A status word in its colour. */
export function statusWord(terminal: Terminal, status: string): string {
  const color = colors[status];
  return color ? paint(terminal, color, status) : status;
}

/** Lines that tell of an error: our sentence, the provider's own words, and what to do. */
export function errorLines(error: RunError, indent: string): string[] {
  const detail = error.detail ? plain(error.detail).split('\n') : [];
  return [
    `${indent}${plain(error.message)}${error.address ? ` (${error.address})` : ''}`,
    ...detail.map((line) => `${indent}  ${line}`),
    ...(error.hint ? [`${indent}To mend: ${plain(error.hint)}`] : []),
  ];
}

function printStep(terminal: Terminal, step: Step): void {
  const facts = [
    took(step.startedAt, step.endedAt),
    step.changes.length > 0 ? totalsInWords(step.totals) : '',
    step.reason ? plain(step.reason) : '',
  ].filter(Boolean);
  const what = step.action === 'destroy' ? 'destroy ' : '';
  terminal.out(
    `  ${what}${paint(terminal, 'bold', plain(step.name))} ${statusWord(terminal, step.status)}${facts.length > 0 ? `  ${facts.join(', ')}` : ''}`,
  );
  for (const phase of step.phases) {
    const time = took(phase.startedAt, phase.endedAt);
    const note = phase.note ? `  ${plain(phase.note)}` : '';
    terminal.out(`    ${phase.name.padEnd(9)} ${statusWord(terminal, phase.status)}${time ? `  ${time}` : ''}${note}`);
  }
  if (step.error) for (const line of errorLines(step.error, '    ')) terminal.out(line);
}

/** Prints a run as the tree that it is: wave, step, phase, each with its time. */
export function printRunTree(terminal: Terminal, run: Run): void {
  const time = took(run.createdAt, run.endedAt);
  terminal.out(
    `${run.kind} #${run.number} of ${run.project}/${run.environment}, revision ${run.revision}: ${statusWord(terminal, run.status)}${time ? ` after ${time}` : ''}, by ${run.by}`,
  );
  terminal.out(`run ${run.id}, ${totalsInWords(run.totals)}`);
  if (run.error) for (const line of errorLines(run.error, '')) terminal.out(line);
  const steps = new Map(run.steps.map((step) => [step.id, step]));
  run.waves.forEach((wave, index) => {
    terminal.out(`wave ${index + 1}`);
    for (const id of wave) {
      const step = steps.get(id);
      if (step) printStep(terminal, step);
    }
  });
  for (const need of run.needs)
    terminal.out(
      `needs ${need.kind === 'name' ? `the name '${need.name ?? need.node}'` : 'approval'}: ${plain(need.reason)}`,
    );
}
