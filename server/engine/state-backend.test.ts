import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStateBackend, type StateBackend, type StateLock, type StatePort } from './state-backend.ts';

const LOCK = JSON.stringify({ ID: 'lock-1', Operation: 'OperationTypeApply', Who: 'me' });
const scope = { environment: 'env1', node: 'orders', run: 'run1' };

interface Memory extends StatePort {
  state: Buffer | undefined;
  holder: StateLock | undefined;
  writers: string[];
}

function memoryStates(): Memory {
  const memory: Memory = {
    state: undefined,
    holder: undefined,
    writers: [],
    read: async () => memory.state,
    async write(_scope, body, run) {
      memory.state = body;
      memory.writers.push(run);
    },
    async lock(_scope, lock) {
      if (memory.holder) return memory.holder;
      memory.holder = lock;
      return undefined;
    },
    async unlock(_scope, id) {
      if (id === undefined || id === memory.holder?.id) memory.holder = undefined;
    },
    async remove() {
      memory.state = undefined;
    },
  };
  return memory;
}

let states: Memory;
let backend: StateBackend;

function client(env: Record<string, string>) {
  const authorization = `Basic ${Buffer.from(`${env.TF_HTTP_USERNAME}:${env.TF_HTTP_PASSWORD}`).toString('base64')}`;
  return async (
    method: string,
    { body, query = '', headers = {}, path }: { body?: string; query?: string; headers?: object; path?: string } = {},
  ) => {
    const url = path ? new URL(path, env.TF_HTTP_ADDRESS) : `${env.TF_HTTP_ADDRESS}${query}`;
    const response = await fetch(url, { method, body, headers: { authorization, ...headers } });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
}

beforeEach(async () => {
  states = memoryStates();
  backend = await createStateBackend({ states });
});
afterEach(() => backend.close());

describe('the state backend', () => {
  it('answers with nothing before there is a state, and with its checksum afterwards', async () => {
    const call = client(backend.credentials(scope).env);
    expect((await call('GET')).status).toBe(204);
    states.state = Buffer.from('{"serial":1}');
    const got = await call('GET');
    expect(got).toMatchObject({ status: 200, text: '{"serial":1}' });
    expect(got.headers.get('content-md5')).toBe(createHash('md5').update('{"serial":1}').digest('base64'));
  });

  it('stores a state from who holds the lock, under the run that the credential is for', async () => {
    const call = client(backend.credentials(scope).env);
    expect((await call('LOCK', { body: LOCK })).status).toBe(200);
    expect((await call('POST', { body: 'state', query: '?ID=lock-1' })).status).toBe(200);
    expect((await call('UNLOCK', { body: LOCK })).status).toBe(200);
    expect(states).toMatchObject({ state: Buffer.from('state'), writers: ['run1'], holder: undefined });
  });

  it.each(['', '?ID=other'])('refuses a state without the lock (%s)', async (query) => {
    const call = client(backend.credentials(scope).env);
    await call('LOCK', { body: LOCK });
    expect((await call('POST', { body: 'state', query })).status).toBe(409);
    expect(states.state).toBeUndefined();
  });

  it('refuses a second lock with the words of who holds it', async () => {
    await client(backend.credentials(scope).env)('LOCK', { body: LOCK });
    const second = client(backend.credentials({ ...scope, run: 'run2' }).env);
    expect(await second('LOCK', { body: '{"ID":"lock-2"}' })).toMatchObject({ status: 423, text: LOCK });
    expect((await second('UNLOCK', { body: LOCK })).status).toBe(409);
    expect((await second('POST', { body: 'x', query: '?ID=lock-1' })).status).toBe(409);
    expect(states.holder?.id).toBe('lock-1');
  });

  it('refuses a state that was damaged on its way', async () => {
    const call = client(backend.credentials(scope).env);
    await call('LOCK', { body: LOCK });
    const headers = { 'content-md5': createHash('md5').update('else').digest('base64') };
    expect((await call('POST', { body: 'state', query: '?ID=lock-1', headers })).status).toBe(400);
    expect(states.state).toBeUndefined();
  });

  it('refuses a lock that is none', async () => {
    const call = client(backend.credentials(scope).env);
    for (const body of ['', 'junk', '{}', 'null', '{"ID":1}']) expect((await call('LOCK', { body })).status).toBe(400);
    expect(states.holder).toBeUndefined();
  });

  it('knows nobody without a credential, with another password, or after it was revoked', async () => {
    const { env, revoke } = backend.credentials(scope);
    states.state = Buffer.from('secret');
    expect((await fetch(env.TF_HTTP_ADDRESS ?? '')).status).toBe(401);
    expect((await client({ ...env, TF_HTTP_PASSWORD: 'guess' })('GET')).status).toBe(401);
    expect((await client(env)('GET')).status).toBe(200);
    revoke();
    expect((await client(env)('GET')).status).toBe(401);
  });

  it('is good for one node of one environment', async () => {
    const call = client(backend.credentials(scope).env);
    for (const path of ['/env1/payments', '/env2/orders', '/env1/orders/x', '/env1/x/../payments']) {
      expect((await call('GET', { path })).status).toBe(403);
    }
  });

  it('keeps names with odd characters apart', async () => {
    const { env } = backend.credentials({ environment: 'a/b', node: 'c d', run: 'r' });
    expect((await client(env)('GET')).status).toBe(204);
    expect(
      (
        await client(backend.credentials({ environment: 'a', node: 'b', run: 'r' }).env)('GET', {
          path: '/a%2Fb/c%20d',
        })
      ).status,
    ).toBe(403);
  });

  it('says 500 with the reason where the store cannot write, and goes on', async () => {
    states.write = () => Promise.reject(new Error('no space left on device'));
    const call = client(backend.credentials(scope).env);
    await call('LOCK', { body: LOCK });
    expect(await call('POST', { body: 'x', query: '?ID=lock-1' })).toMatchObject({
      status: 500,
      text: 'no space left on device',
    });
    expect((await call('GET')).status).toBe(204);
  });

  it('takes a state of 20 MB', async () => {
    const call = client(backend.credentials(scope).env);
    await call('LOCK', { body: LOCK });
    const body = 'x'.repeat(20 * 1024 * 1024);
    expect((await call('POST', { body, query: '?ID=lock-1' })).status).toBe(200);
    expect(states.state?.length).toBe(body.length);
  });

  it('removes a state, and refuses methods that it does not know', async () => {
    const call = client(backend.credentials(scope).env);
    states.state = Buffer.from('x');
    expect((await call('DELETE')).status).toBe(200);
    expect(states.state).toBeUndefined();
    expect((await call('PUT', { body: 'x' })).status).toBe(405);
  });

  it('listens on loopback alone', () => {
    expect(backend.credentials(scope).env.TF_HTTP_ADDRESS).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
  });
});
