// Judges one action by policy documents as IAM does: an independent second opinion beside the emulator.
// Only what our documents use is known; anything else throws, so that no statement is ever passed over.

export type Answer = 'allowed' | 'denied';

export interface PolicyDocument {
  Statement: Statement | Statement[];
}

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: string | string[];
  Principal?: '*' | Record<string, string | string[]>;
  Condition?: Record<string, Record<string, string | string[]>>;
  Sid?: string;
}

export interface Ask {
  action: string;
  resource: string;
  /** Who asks, where the documents are a resource's own: such a statement names whom it is for. */
  service?: string;
  /** Values of condition keys; a key that is absent here is absent in the request. */
  context?: Record<string, string>;
}

const KNOWN = new Set(['Effect', 'Action', 'Resource', 'Principal', 'Condition', 'Sid']);

/** Denied unless a statement allows it and none denies it. @throws Error at an element or operator that is not known here */
export function evaluate(documents: readonly PolicyDocument[], ask: Ask): Answer {
  const hits = documents.flatMap(({ Statement }) => list(Statement)).filter((statement) => applies(statement, ask));
  if (hits.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return hits.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'denied';
}

function applies(statement: Statement, ask: Ask): boolean {
  const unknown = Object.keys(statement).find((key) => !KNOWN.has(key));
  if (unknown) throw new Error(`The evaluator does not know ${unknown}: ${JSON.stringify(statement)}.`);
  const { Action, Resource, Principal, Condition = {} } = statement;
  return (
    isFor(Principal, ask.service) &&
    list(Action).some((pattern) => like(pattern.toLowerCase(), ask.action.toLowerCase())) &&
    list(Resource).some((pattern) => like(pattern, ask.resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, list(wanted), ask.context?.[key])),
    )
  );
}

function isFor(principal: Statement['Principal'], service: string | undefined): boolean {
  if (principal === undefined || principal === '*') return (principal === undefined) === (service === undefined);
  return service !== undefined && list(principal.Service ?? []).includes(service);
}

function holds(operator: string, wanted: readonly string[], value: string | undefined): boolean {
  if (operator === 'Null') return wanted.includes(String(value === undefined));
  const compare = OPERATORS[operator];
  if (!compare) throw new Error(`The evaluator does not know the operator ${operator}.`);
  return value !== undefined && wanted.some((pattern) => compare(pattern, value));
}

const OPERATORS: Record<string, (wanted: string, value: string) => boolean> = {
  Bool: (wanted, value) => wanted === value,
  StringEquals: (wanted, value) => wanted === value,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
};

/** IAM's wildcards: `*` for any characters, `?` for one. */
function like(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
