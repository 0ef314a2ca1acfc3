import { afterEach, expect, test } from 'vitest';
import type { ApiError } from '../../schemas/generated/types.ts';
import { openApp, type TestApp } from './open-app.ts';

const token = 'a-token-of-some-length';
let server: TestApp;
const open = async (...options: Parameters<typeof openApp>) => {
  server = await openApp(...options);
  return server;
};
afterEach(async () => {
  await server.close();
  server.remove();
});

const code = (answer: { json: never }) => (answer.json as ApiError).code;

test('a name that somebody else points at loopback is turned away', async () => {
  const { call } = await open();
  for (const host of ['evil.example', 'evil.example:4700', '10.0.0.5:4700', '127.0.0.1.evil.example']) {
    const answer = await call('GET', '/api/projects', undefined, { host });
    expect([answer.status, code(answer)]).toEqual([421, 'wrong-host']);
  }
  for (const host of ['127.0.0.1:4700', 'localhost:4700', '[::1]:4700', 'LOCALHOST']) {
    expect((await call('GET', '/api/projects', undefined, { host })).status).toBe(200);
  }
});

test('a page of another site can neither read nor write', async () => {
  const { call } = await open();
  const body = { name: 'stolen' };
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:9999' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of foreign) {
    const answer = await call('POST', '/api/projects', body, headers);
    expect([answer.status, code(answer)]).toEqual([403, 'wrong-origin']);
  }
  expect(
    (await call('POST', '/api/projects', body, { origin: 'http://127.0.0.1:4700', 'sec-fetch-site': 'same-origin' }))
      .status,
  ).toBe(201);
});

test('edits and presence are guarded as all the rest is', async () => {
  const { call } = await open({ access: { token } });
  for (const path of ['operations', 'presence']) {
    const url = `/api/projects/shop/environments/dev/${path}`;
    expect(code(await call('POST', url, {}))).toBe('not-authenticated');
    expect(code(await call('POST', url, {}, { origin: 'https://evil.example' }))).toBe('wrong-origin');
  }
});

test('a form of another site cannot send JSON under another name', async () => {
  const { call } = await open();
  const answer = await call('POST', '/api/projects', '{"name":"stolen"}', { 'content-type': 'text/plain' });
  expect(answer.status).toBe(415);
});

test('with a token, the API answers whoever has it and nobody else', async () => {
  const { call } = await open({ access: { token, localToken: 'the-token-of-server-json' } });
  expect((await call('GET', '/api/projects')).status).toBe(401);
  expect((await call('GET', '/api/openapi.json')).status).toBe(401);
  expect((await call('GET', '/api/projects', undefined, { authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await call('GET', '/api/projects', undefined, { authorization: `Bearer ${token}` })).status).toBe(200);
  expect(
    (await call('GET', '/api/projects', undefined, { authorization: 'Bearer the-token-of-server-json' })).status,
  ).toBe(200);
  expect((await call('GET', '/api/health')).json).toMatchObject({ token: true });
});

test('an address that is spelt in another way is asked for the token all the same', async () => {
  const { call } = await open({ access: { token } });
  for (const path of ['/%61pi/projects', '/api%2Fprojects', '//api/projects', '/api/projects/', '/API/projects']) {
    expect((await call('GET', path)).status, path).not.toBe(200);
  }
  expect((await call('GET', '/%61pi/projects')).status).toBe(401);
});

test('the token is given once and comes back as a cookie that no script can read', async () => {
  const { call } = await open({ access: { token } });
  expect((await call('POST', '/api/session', { token: 'wrong' })).status).toBe(401);
  const session = await call('POST', '/api/session', { token });
  expect(session.status).toBe(204);
  const cookie = String(session.headers['set-cookie']);
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Strict');
  expect((await call('GET', '/api/projects', undefined, { cookie: cookie.split(';', 1)[0] ?? '' })).status).toBe(200);
});

test('beyond loopback an address is answered for, a strange name is not', async () => {
  const { call } = await open({ access: { token, isPublic: true, hosts: ['plumbline.example'] } });
  const statusOf = async (host: string) => (await call('GET', '/api/health', undefined, { host })).status;
  expect(await Promise.all(['10.0.0.5:4700', 'plumbline.example', 'evil.example'].map(statusOf))).toEqual([
    200, 200, 421,
  ]);
});

test('every answer carries a request id and a policy under which only our own scripts run', async () => {
  const { call } = await open();
  const answer = await call('GET', '/api/nothing');
  expect(answer.status).toBe(404);
  expect((answer.json as ApiError).requestId).toBe(answer.headers['x-request-id']);
  const policy = String(answer.headers['content-security-policy']);
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
});

test('what is a bug is told by its request id alone', async () => {
  const { call, services } = await open();
  services.projects.list = async () => {
    throw new Error('the text of a bug');
  };
  const answer = await call('GET', '/api/projects');
  expect([answer.status, code(answer)]).toEqual([500, 'unexpected']);
  expect(answer.text).not.toContain('the text of a bug');
});
