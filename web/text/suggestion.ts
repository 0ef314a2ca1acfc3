import type { Explanation } from './explanation.ts';

/** One thing that may stand at the cursor. */
export interface Suggestion {
  label: string;
  detail?: string;
  kind: 'key' | 'value' | 'module' | 'node' | 'port' | 'grant' | 'snippet';
  /** What is typed: a key, or a JSON value. `${text}` is a field that is filled in next; two of one text are one. */
  template: string;
  /** Higher comes first. */
  rank?: number;
  about?: Explanation;
}

/** Text within a template: what would begin a field begins none. */
export const literal = (text: string) => text.replace(/([$#])\{/g, '$1\\{');

/** A JSON value as a template. */
export const json = (value: unknown) => literal(JSON.stringify(value));
