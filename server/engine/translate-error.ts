// Terraform's diagnostics as errors that say what was asked, what was answered and what to do.
import type { RunError } from '../../schemas/generated/types.ts';
import { deniedCall, deniedWords } from '../../schemas/rules/denied-call.ts';
import type { Diagnostic } from './engine-types.ts';
import { ERROR_RULES, type ErrorRule } from './error-rules.ts';

export type EnginePhase = 'init' | 'plan' | 'show' | 'apply' | 'state';

/** How a call failed. Everything in it is redacted already. */
export interface FailedCall {
  phase: EnginePhase;
  diagnostics: readonly Diagnostic[];
  /** For what came without a diagnostic. */
  stderr?: string;
  exitCode?: number | null;
  killedBy?: string | null;
}

const DETAIL_LIMIT = 4_000;
const ASKED: Record<EnginePhase, string> = {
  init: 'Preparing the folder of the run',
  plan: 'Planning',
  show: 'Reading the saved plan',
  apply: 'Applying',
  state: 'Rewriting the state',
};

function ruleFor(text: string): ErrorRule | undefined {
  // Terraform breaks its lines at 78 columns, in the middle of what is looked for.
  const line = text.replace(/\s+/g, ' ');
  return ERROR_RULES.find(({ pattern }) => pattern.test(line));
}

function words({ summary, detail }: Diagnostic): string {
  return detail === '' ? summary : `${summary}\n${detail}`;
}

/** The AWS SDK names the call: "operation error SQS: CreateQueue, https response error ...". */
function askedCall(text: string): string {
  const [, service, operation] = /operation error ([\w ]+): (\w+)/.exec(text) ?? [];
  return service === undefined ? '' : ` (${service} ${operation})`;
}

function sentence(asked: string, answered: string): string {
  return `${asked} failed: ${answered}.`;
}

/** Who did not answer, and how: "dial tcp 127.0.0.1:4566: connect: connection refused". */
function unreached(text: string): string | undefined {
  // Terraform goes on with advice in a paragraph of its own.
  const line = text.replace(/\n\s*\n/g, '. ').replace(/\s+/g, ' ');
  const [, where, how] = /dial tcp:?(?: lookup)? (\S+?)(?: on \S+)?: (?:connect: )?([a-z/ ]+)/i.exec(line) ?? [];
  return where && how ? `(${where}: ${how.trim()})` : undefined;
}

/** Which provider was looked for in which registry: there is none to name where a mirror was asked, or where it does not start. */
function unfetchedWords(text: string): string | undefined {
  const line = text.replace(/\s+/g, ' ');
  const [, provider] = /(?:provider|installing) ([\w-]+\/[\w-]+)/i.exec(line) ?? [];
  const [, registry] = /(?:provider registry for |connect to |Get "https?:\/\/)([\w.-]+(?::\d+)?)/i.exec(line) ?? [];
  if (!provider || !registry) return undefined;
  return [`the provider ${provider} could not be fetched from ${registry}`, unreached(text)].filter(Boolean).join(' ');
}

/** A denial names who may not do what, on what; a cloud or a registry out of reach, where it was looked for. */
function answeredTo(text: string, rule: ErrorRule | undefined): string | undefined {
  if (rule?.code === 'unreachable') return [rule.answered, unreached(text)].filter(Boolean).join(' ');
  if (rule?.code === 'provider-missing') return unfetchedWords(text) ?? rule.answered;
  const denied = rule?.code === 'denied' ? deniedCall(text) : undefined;
  return denied ? deniedWords(denied) : rule?.answered;
}

function fromDiagnostic(phase: EnginePhase, diagnostic: Diagnostic): RunError {
  const { address, summary } = diagnostic;
  const text = words(diagnostic);
  const rule = ruleFor(text);
  const asked = `${ASKED[phase]}${address === undefined ? '' : ` ${address}`}${askedCall(text)}`;
  return {
    code: rule?.code ?? 'engine-error',
    message: sentence(asked, answeredTo(text, rule) ?? summary.replace(/[.:\s]+$/, '')),
    detail: text.slice(0, DETAIL_LIMIT),
    ...(address === undefined ? {} : { address }),
    retry: rule?.retry ?? true,
    hint:
      rule?.hint ??
      'The words of the engine or the provider are in the detail; mend what they name, then resume the run.',
  };
}

function wasKilled({ exitCode, killedBy }: FailedCall): boolean {
  return (killedBy !== undefined && killedBy !== null) || exitCode === 137 || exitCode === 143;
}

function fromExit(failed: FailedCall): RunError {
  const { phase, stderr = '', exitCode } = failed;
  const detail = stderr.trim().slice(0, DETAIL_LIMIT);
  const rule =
    exitCode === 126 || exitCode === 127 ? ERROR_RULES.find((r) => r.code === 'engine-missing') : ruleFor(detail);
  if (rule === undefined && wasKilled(failed)) {
    return {
      code: 'engine-killed',
      message: sentence(
        ASKED[phase],
        `the engine was ended from outside (${failed.killedBy ?? `exit code ${exitCode}`})`,
      ),
      ...(detail === '' ? {} : { detail }),
      retry: true,
      hint: 'Often the machine has run out of memory. Free some, or run fewer nodes side by side, then resume the run.',
    };
  }
  return {
    code: rule?.code ?? 'engine-error',
    message: sentence(ASKED[phase], rule?.answered ?? `the engine ended with exit code ${exitCode ?? 'none'}`),
    ...(detail === '' ? {} : { detail }),
    retry: rule?.retry ?? true,
    hint: rule?.hint ?? 'The log of this phase shows what the engine said. Mend what it names, then resume the run.',
  };
}

/** The first error that a rule of the table knows, else the first error, else how the process ended. */
export function translateError(failed: FailedCall): RunError {
  const errors = failed.diagnostics.filter(({ severity }) => severity === 'error');
  const chosen = errors.find((diagnostic) => ruleFor(words(diagnostic))) ?? errors[0];
  return chosen ? fromDiagnostic(failed.phase, chosen) : fromExit(failed);
}

/** The error of a call that we stopped ourselves. */
export function stoppedError(phase: EnginePhase, why: 'cancelled' | 'timed-out', timeoutMs: number): RunError {
  if (why === 'cancelled') {
    return {
      code: 'cancelled',
      message: `${ASKED[phase]} was cancelled.`,
      retry: true,
      hint: 'What was done before is kept in the state. Resume the run to go on.',
    };
  }
  return {
    code: 'timeout',
    message: sentence(ASKED[phase], `it took longer than the ${Math.round(timeoutMs / 1000)} s that it is given`),
    retry: true,
    hint: 'What was done before is kept in the state. Resume the run to go on.',
  };
}
