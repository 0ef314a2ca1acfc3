// One table of coded errors: every failure that reaches a person has a code, a status, a sentence and a way to mend it.
import type { ApiError, GraphConflict, Issue } from '../schemas/generated/types.ts';

/** user: 4xx; operational: the engine, the cloud or the machine said no; unexpected: a bug, whose text stays in the log. */
export type ErrorKind = 'user' | 'operational' | 'unexpected';

interface ErrorEntry {
  status: number;
  kind: ErrorKind;
  /** `{name}` is filled from the details' `values`. */
  message: string;
  fix?: string;
}

const table = {
  'bad-request': {
    status: 400,
    kind: 'user',
    message: 'The request is not as the API describes it.',
    fix: 'See /api/docs for what this address takes.',
  },
  'bad-json': {
    status: 400,
    kind: 'user',
    message: 'The body is not JSON that can be taken.',
    fix: 'Send one JSON document, without __proto__, constructor or prototype as a key.',
  },
  'bad-media-type': {
    status: 415,
    kind: 'user',
    message: 'The body is of a kind that is not taken here.',
    fix: 'Send JSON with the header content-type: application/json.',
  },
  'bad-name': {
    status: 400,
    kind: 'user',
    message: 'The {what} "{name}" is not a name that can be used.',
    fix: 'Take 2 to 20 small letters, digits and hyphens, a letter first and no hyphen last.',
  },
  'bad-target': {
    status: 400,
    kind: 'user',
    message: 'The cloud target of the environment is not complete or not right.',
  },
  'body-too-large': {
    status: 413,
    kind: 'user',
    message: 'The body is larger than the {limit} that are taken.',
    fix: 'Send a smaller graph: 10,000 nodes fit.',
  },
  'not-authenticated': {
    status: 401,
    kind: 'user',
    message: 'This server asks for an access token.',
    fix: 'Send the header Authorization: Bearer <PLUMBLINE_TOKEN>, or give the token on the page.',
  },
  'wrong-host': {
    status: 421,
    kind: 'user',
    message: 'The request names a host that this server does not answer for.',
    fix: 'Open the address that the server printed when it started.',
  },
  'wrong-origin': {
    status: 403,
    kind: 'user',
    message: 'The request comes from a page of another site.',
    fix: 'Open the address that the server printed, and work from there.',
  },
  'unknown-route': {
    status: 404,
    kind: 'user',
    message: 'There is nothing at this address.',
    fix: 'See /api/docs for all addresses.',
  },
  'unknown-project': {
    status: 404,
    kind: 'user',
    message: 'There is no project "{name}".',
    fix: 'See `plumbline project list`, or make it with `plumbline project create <name>`.',
  },
  'unknown-environment': {
    status: 404,
    kind: 'user',
    message: 'There is no environment "{name}" in project "{project}".',
    fix: 'See `plumbline env list`, or create it.',
  },
  'unknown-module': {
    status: 404,
    kind: 'user',
    message: 'There is no module "{name}".',
    fix: 'See `plumbline modules`.',
  },
  'unknown-contract': {
    status: 404,
    kind: 'user',
    message: 'There is no contract "{name}".',
    fix: 'See `plumbline contracts`.',
  },
  'unknown-node': { status: 404, kind: 'user', message: 'There is no node "{name}" in this environment.' },
  'unknown-connection': { status: 404, kind: 'user', message: 'There is no connection "{name}" in this environment.' },
  'unknown-run': {
    status: 404,
    kind: 'user',
    message: 'There is no run "{name}".',
    fix: 'See `plumbline runs <project>/<environment>`.',
  },
  'unknown-object': {
    status: 404,
    kind: 'user',
    message: 'The sandbox of this environment has no {type} "{name}".',
    fix: 'See `plumbline sandbox list <project>/<environment>`.',
  },
  'unknown-fault': { status: 404, kind: 'user', message: 'There is no fault "{name}" in this environment.' },
  'unknown-secret': {
    status: 422,
    kind: 'user',
    message: 'A param refers to a sealed value that this environment does not hold.',
    fix: 'Set the param again.',
  },
  'project-exists': {
    status: 409,
    kind: 'user',
    message: 'There is a project "{name}" already.',
    fix: 'Take another name.',
  },
  'environment-exists': {
    status: 409,
    kind: 'user',
    message: 'There is an environment "{name}" in project "{project}" already.',
    fix: 'Take another name.',
  },
  'project-not-empty': {
    status: 409,
    kind: 'user',
    message: 'Project "{name}" still has environments.',
    fix: 'Delete its environments first.',
  },
  'environment-in-use': {
    status: 409,
    kind: 'user',
    message: 'Environment "{name}" still has things deployed.',
    fix: 'Destroy the environment first, then delete it.',
  },
  'run-in-progress': {
    status: 409,
    kind: 'user',
    message: 'A run of this environment is in progress.',
    fix: 'Wait for it, or cancel it.',
  },
  'run-state': { status: 409, kind: 'user', message: 'The run cannot do that now.' },
  'run-needs': { status: 409, kind: 'user', message: 'The run asks for something that was not said.' },
  'graph-conflict': {
    status: 409,
    kind: 'user',
    message: 'The environment has moved on since revision {base}: it is at revision {current}.',
    fix: 'Pull the current revision, make the change on it, and push again.',
  },
  'graph-refused': { status: 422, kind: 'user', message: 'The graph has {count} that must be mended first.' },
  'operations-refused': {
    status: 422,
    kind: 'user',
    message: 'The edit would leave the graph with {count}, and was not taken.',
    fix: 'Mend what the issues say, then make the edit again.',
  },
  'id-taken': {
    status: 409,
    kind: 'user',
    message: 'The edit makes something under an id that is taken already: {ids}.',
    fix: 'Give what is new another id, and send the edit again.',
  },
  'not-a-sandbox': {
    status: 409,
    kind: 'user',
    message: 'Environment "{name}" does not live in the sandbox.',
    fix: 'Use an environment whose target is the sandbox.',
  },
  'nothing-published': {
    status: 409,
    kind: 'user',
    message: 'Something upstream has not been applied yet.',
    fix: 'Apply the nodes upstream first.',
  },
  'data-folder-in-use': {
    status: 409,
    kind: 'user',
    message: 'The data folder is in use by another Plumbline server.',
    fix: 'Use that server, end it, or set PLUMBLINE_DATA to another folder.',
  },
  'token-needed': {
    status: 400,
    kind: 'user',
    message: 'Listening beyond loopback needs an access token.',
    fix: 'Set PLUMBLINE_TOKEN to 16 characters or more, or leave PLUMBLINE_HOST at 127.0.0.1.',
  },
  'bad-setting': { status: 400, kind: 'user', message: 'The setting {name} cannot be used.' },
  'bad-backup': { status: 400, kind: 'user', message: 'The backup cannot be restored; nothing was changed.' },
  'wrong-master-key': {
    status: 500,
    kind: 'operational',
    message: 'The master key is not the one that this data was sealed with.',
    fix: 'Set PLUMBLINE_MASTER_KEY or PLUMBLINE_MASTER_KEY_FILE to the key of this data, or put its master.key back into the data folder.',
  },
  'seal-broken': {
    status: 500,
    kind: 'operational',
    message: 'A sealed value was changed or damaged where it is stored: {what}.',
    fix: 'Restore a backup that was made before.',
  },
  'store-too-new': {
    status: 500,
    kind: 'operational',
    message: 'The database was written by a newer version of Plumbline.',
    fix: 'Start that version or a newer one, or restore a backup of this version.',
  },
  'disk-full': {
    status: 507,
    kind: 'operational',
    message: 'The disk that holds the data folder is full.',
    fix: 'Make room, then try again: nothing that was stored is lost.',
  },
  'store-unwritable': {
    status: 500,
    kind: 'operational',
    message: 'The database in the data folder cannot be read or written.',
    fix: 'Check that the folder exists, belongs to the user of the server, and that its disk is sound.',
  },
  'engine-missing': {
    status: 503,
    kind: 'operational',
    message: 'No Terraform or OpenTofu was found.',
    fix: 'Install one of them on PATH, or let Plumbline download OpenTofu with a network connection.',
  },
  'engine-download': {
    status: 503,
    kind: 'operational',
    message: 'OpenTofu could not be downloaded.',
    fix: 'Connect to the network, or put tofu or terraform on PATH.',
  },
  'cloud-unreachable': {
    status: 503,
    kind: 'operational',
    message: 'The cloud did not answer when it was asked who we are.',
    fix: "Check the network, the proxy settings and the environment's endpoint, then try again.",
  },
  'cloud-credentials': {
    status: 502,
    kind: 'operational',
    message: 'The cloud does not know the credentials of this environment.',
    fix: "Sign in again, or set the environment's profile or the server's AWS_* variables, then try again.",
  },
  'credentials-expired': {
    status: 502,
    kind: 'operational',
    message: 'The credentials of this environment have expired.',
    fix: 'Sign in again (`aws sso login` for a profile with single sign-on), or start the server with fresh AWS_* variables, then try again.',
  },
  'no-credentials': {
    status: 502,
    kind: 'operational',
    message: 'There are no credentials for the cloud of this environment.',
    fix: "Set the environment's profile to one that the server's machine has, or start the server with AWS_* variables, then try again.",
  },
  'role-refused': {
    status: 502,
    kind: 'operational',
    message: 'The role {role} may not be assumed.',
    fix: "Let its trust policy name the identity that the server has, with the environment's external id, then try again.",
  },
  'wrong-account': {
    status: 409,
    kind: 'operational',
    message: 'These credentials belong to another account than the environment.',
    fix: 'Use credentials of the expected account; nothing was planned and nothing was changed.',
  },
  'engine-mismatch': { status: 409, kind: 'operational', message: 'The state was made with another engine.' },
  'engine-switch': { status: 502, kind: 'operational', message: 'The engine was not switched.' },
  'engine-failed': { status: 502, kind: 'operational', message: 'The engine said no.' },
  'engine-timeout': {
    status: 504,
    kind: 'operational',
    message: 'The engine took longer than it may.',
    fix: 'Resume the run.',
  },
  'target-unreachable': {
    status: 502,
    kind: 'operational',
    message: 'The cloud target cannot be reached.',
    fix: 'Check the network and the endpoint, then resume the run.',
  },
  'output-broken': { status: 502, kind: 'operational', message: 'An output breaks its contract.' },
  'synth-failed': { status: 502, kind: 'operational', message: 'The module could not be compiled.' },
  cancelled: { status: 409, kind: 'user', message: 'It was cancelled.' },
  'not-ready': {
    status: 503,
    kind: 'operational',
    message: 'The server is not ready yet.',
    fix: 'Try again in a moment.',
  },
  unexpected: {
    status: 500,
    kind: 'unexpected',
    message: 'Something went wrong inside Plumbline.',
    fix: 'Look for the request id in the log of the server.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof table;

/** What is known of one failure, beside its code. */
export interface ErrorDetails {
  /** Values of the `{name}` places in the message. */
  values?: Record<string, string | number>;
  /** A sentence that says it better than the table's. */
  message?: string;
  got?: string;
  expected?: string;
  fix?: string;
  /** JSON Pointer, or the name of the setting or file. */
  path?: string;
  issues?: Issue[];
  conflict?: GraphConflict;
  /** Whether trying again can help without a change. */
  retry?: boolean;
  /** The words of the program that said no. */
  detail?: string;
  cause?: unknown;
}

/** A failure with a code of the table. */
export class PlumblineError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    const entry: ErrorEntry = table[code];
    super(details.message ?? fill(entry.message, details.values ?? {}), { cause: details.cause });
    this.name = 'PlumblineError';
    this.code = code;
    this.status = entry.status;
    this.kind = entry.kind;
    this.details = details;
  }

  get got(): string | undefined {
    return this.details.got;
  }

  get expected(): string | undefined {
    return this.details.expected;
  }

  get fix(): string | undefined {
    const entry: ErrorEntry = table[this.code];
    return this.details.fix ?? entry.fix;
  }

  get detail(): string | undefined {
    return this.details.detail;
  }

  get retry(): boolean {
    return this.details.retry ?? this.kind === 'operational';
  }
}

/** Throws the error of that code. */
export function fail(code: ErrorCode, details?: ErrorDetails): never {
  throw new PlumblineError(code, details);
}

/** The body that the API answers with; the text of an unexpected error stays in the log. */
export function errorBody(error: PlumblineError, requestId: string): ApiError {
  const { got, expected, path, issues, conflict, detail } = error.details;
  const body: ApiError = { code: error.code, message: error.message, requestId, retry: error.retry };
  const known = { got, expected, fix: error.fix, path, issues, conflict, detail };
  for (const [key, value] of Object.entries(known)) if (value !== undefined) Object.assign(body, { [key]: value });
  return body;
}

/** One text for a terminal: the sentence, what was got and expected, and the way to mend it. */
export function errorText(error: PlumblineError): string {
  const lines = [error.message];
  if (error.got !== undefined) lines.push(`  got: ${error.got}`);
  if (error.expected !== undefined) lines.push(`  expected: ${error.expected}`);
  if (error.detail !== undefined) lines.push(`  ${error.detail}`);
  if (error.fix !== undefined) lines.push(`  fix: ${error.fix}`);
  return lines.join('\n');
}

function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
