import type { PlumblineEvent, Run, Step } from '../../schemas/generated/types.ts';
import type { RunWatcher } from '../client/follow-run.ts';
import { plain, type Terminal } from '../terminal.ts';
import { totalsInWords } from './changes.ts';
import { errorLines, statusWord } from './run-tree.ts';
import { took } from './time.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** The lines that a step adds when it has come to a status. */
function stepLines(terminal: Terminal, step: Step): string[] {
  const title = `${step.action === 'destroy' ? 'destroy ' : ''}${plain(step.name)}`;
  const head = `${statusWord(terminal, step.status)} ${title}`;
  if (step.status === 'planned') return [`${head}: ${totalsInWords(step.totals)}`];
  if (step.status === 'succeeded') return [`${head}  ${took(step.startedAt, step.endedAt)}`.trimEnd()];
  if (step.status === 'failed') return [head, ...(step.error ? errorLines(step.error, '  ') : [])];
  return [step.reason ? `${head}: ${plain(step.reason)}` : head];
}

/** The phase that a step is in, or has just left. */
const currentPhase = (step: Step) => step.phases.at(-1)?.name ?? '';

/** Shows how a run goes on: a line for every step that came to something and, where a person watches, moving lines for those at work. */
export class Progress implements RunWatcher {
  readonly #terminal: Terminal;
  readonly #said = new Map<string, string>();
  readonly #running = new Map<string, Step>();
  readonly #timer: NodeJS.Timeout | undefined;
  #frame = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    if (terminal.interactive) this.#timer = setInterval(() => this.#draw(), 100);
  }

  onRun(run: Run): void {
    for (const step of run.steps) this.#onStep(step);
  }

  onEvent(event: PlumblineEvent): void {
    if (event.step) this.#onStep(event.step);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#running.clear();
    if (this.#terminal.interactive) this.#terminal.live([]);
  }

  #onStep(step: Step): void {
    if (step.status === 'running') this.#running.set(step.id, step);
    else this.#running.delete(step.id);
    const news = step.status === 'running' ? `running ${currentPhase(step)}` : step.status;
    if (step.status === 'pending' || this.#said.get(step.id) === news) return;
    this.#said.set(step.id, news);
    if (step.status !== 'running') for (const line of stepLines(this.#terminal, step)) this.#terminal.out(line);
    else if (!this.#terminal.interactive && currentPhase(step) === 'apply')
      this.#terminal.out(`${step.action === 'destroy' ? 'destroying' : 'applying'} ${plain(step.name)}`);
    this.#draw();
  }

  #draw(): void {
    if (!this.#terminal.interactive) return;
    this.#frame += 1;
    const sign = frames[this.#frame % frames.length];
    this.#terminal.live(
      [...this.#running.values()].slice(0, 15).map((step) => `${sign} ${plain(step.name)}  ${currentPhase(step)}`),
    );
  }
}
