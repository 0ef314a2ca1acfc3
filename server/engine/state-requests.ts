// Answers one request of Terraform's HTTP backend for one state.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { StateLock, StatePort, StateScope } from './state-port.ts';

const BODY_LIMIT = 200 * 1024 * 1024;

/** What a credential is good for, and the lock that was taken with it. */
export interface Grant {
  scope: StateScope;
  run: string;
  lockId: string | undefined;
}

export interface StateAnswer {
  status: number;
  body?: Buffer | string;
  headers?: Record<string, string>;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function md5(body: Buffer): string {
  return createHash('md5').update(body).digest('base64');
}

function readLockId(body: Buffer): string | undefined {
  try {
    const info = JSON.parse(body.toString('utf8')) as { ID?: unknown } | null;
    return typeof info?.ID === 'string' && info.ID !== '' ? info.ID : undefined;
  } catch {
    return undefined;
  }
}

async function get(states: StatePort, { scope }: Grant): Promise<StateAnswer> {
  const state = await states.read(scope);
  if (!state) return { status: 204 };
  return { status: 200, body: state, headers: { 'content-type': 'application/json', 'content-md5': md5(state) } };
}

async function post(states: StatePort, grant: Grant, request: IncomingMessage, body: Buffer): Promise<StateAnswer> {
  const expected = request.headers['content-md5'];
  if (expected !== undefined && expected !== md5(body)) {
    return { status: 400, body: 'the state does not have the checksum that came with it' };
  }
  const id = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ID') ?? undefined;
  if (id === undefined || id !== grant.lockId)
    return { status: 409, body: 'a state is only taken from who holds its lock' };
  await states.write(grant.scope, body, grant.run);
  return { status: 200 };
}

async function lock(states: StatePort, grant: Grant, body: Buffer): Promise<StateAnswer> {
  const id = readLockId(body);
  if (id === undefined) return { status: 400, body: 'the lock has no ID' };
  const holder: StateLock | undefined = await states.lock(grant.scope, { id, info: body.toString('utf8') });
  if (holder) return { status: 423, body: holder.info, headers: { 'content-type': 'application/json' } };
  grant.lockId = id;
  return { status: 200 };
}

async function unlock(states: StatePort, grant: Grant, body: Buffer): Promise<StateAnswer> {
  const id = readLockId(body);
  if (id === undefined || id !== grant.lockId) return { status: 409, body: 'the lock is not held by this run' };
  await states.unlock(grant.scope, id);
  grant.lockId = undefined;
  return { status: 200 };
}

/** GET, POST, DELETE, LOCK and UNLOCK of one state. A write needs the lock that was taken with the same credential. */
export async function handleState(states: StatePort, grant: Grant, request: IncomingMessage): Promise<StateAnswer> {
  if (request.method === 'GET') return get(states, grant);
  const body = await readBody(request);
  if (body === undefined) return { status: 413, body: `a state may have ${BODY_LIMIT} bytes` };
  switch (request.method) {
    case 'POST':
      return post(states, grant, request, body);
    case 'LOCK':
      return lock(states, grant, body);
    case 'UNLOCK':
      return unlock(states, grant, body);
    case 'DELETE':
      await states.remove(grant.scope);
      return { status: 200 };
    default:
      return { status: 405, body: 'GET, POST, DELETE, LOCK and UNLOCK are answered here' };
  }
}
