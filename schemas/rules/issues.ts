// The table of issue codes, and how an issue is made.
import type { Issue } from '../generated/types.ts';

/** Every code with what it blocks: `save` = cannot be stored, `plan` = may be kept as a draft, `nothing` = advice. */
const BLOCKS = {
  'bad-json': 'save',
  'duplicate-key': 'save',
  'forbidden-key': 'save',
  'too-deep': 'save',
  'too-many-keys': 'save',
  'schema-violation': 'save',
  'bad-id': 'save',
  'bad-name': 'save',
  'more-issues': 'save',
  'too-many-nodes': 'save',
  'too-many-connections': 'save',
  'duplicate-id': 'save',
  'duplicate-connection': 'save',
  'unknown-module': 'save',
  'unknown-node': 'save',
  'unknown-port': 'save',
  'wrong-direction': 'save',
  'incompatible-contract': 'save',
  'too-many-producers': 'save',
  cycle: 'save',
  'unknown-version': 'plan',
  'unknown-preset': 'plan',
  'missing-input': 'plan',
  'unknown-grant': 'plan',
  'grant-not-offered-here': 'plan',
  'missing-grant': 'plan',
  'invalid-params': 'plan',
  'name-refused': 'plan',
  'bad-variable': 'plan',
  'duplicate-variable': 'plan',
  'policy-too-large': 'plan',
} as const satisfies Record<string, Issue['blocks']>;

export type IssueCode = keyof typeof BLOCKS;

/** What a rule says of a finding; the table adds what it blocks. */
export interface IssueText {
  message: string;
  got: string;
  expected: string;
  fix: string;
  node?: string;
  connection?: string;
  port?: string;
}

/** One flaw of a contract or a manifest that is to be published. `path` is a JSON Pointer into the document. */
export interface Problem {
  path: string;
  message: string;
}

/** An issue at a JSON Pointer into the graph. */
export function createIssue(code: IssueCode, path: string, text: IssueText): Issue {
  return { code, path, ...text, blocks: BLOCKS[code] };
}

/** `a, b, c and 4 more`; `none` of an empty list. */
export function listNames(names: Iterable<string>, limit = 8): string {
  const all = [...names];
  if (all.length === 0) return 'none';
  const shown = all.slice(0, limit).join(', ');
  return all.length > limit ? `${shown} and ${all.length - limit} more` : shown;
}

/** A piece of somebody's text, short enough for a message. */
export function quote(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
}
