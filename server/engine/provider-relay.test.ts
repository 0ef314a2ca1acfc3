import { mkdtempSync, rmSync } from 'node:fs';
import * as http2 from 'node:http2';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRelay, type Relay } from './provider-relay.ts';

const PREPARE = '/tfplugin5.Provider/PrepareProviderConfig';
const CONFIGURE = '/tfplugin5.Provider/Configure';
const PLAN = '/tfplugin5.Provider/PlanResourceChange';
const headers = (path: string) => ({
  ':method': 'POST',
  ':path': path,
  'content-type': 'application/grpc',
  te: 'trailers',
});

let folder: string;
let upstream: http2.Http2Server;
let relay: Relay;
let client: http2.ClientHttp2Session;
/** What the provider was asked: path and body. */
let asked: string[];
/** How it answers, by path; else with what it was asked, many times over. */
let answers: Map<string, (stream: http2.ServerHttp2Stream) => void>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-relay-'));
  asked = [];
  answers = new Map();
  upstream = http2.createServer();
  upstream.on('stream', async (stream, given) => {
    stream.on('error', () => {});
    const path = String(given[':path']);
    const body = Buffer.concat(await stream.toArray());
    asked.push(`${path} ${body.toString()}`);
    const own = answers.get(path);
    if (own) return own(stream);
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.end(Buffer.alloc(1 << 20, body));
  });
  await new Promise<void>((resolve) => void upstream.listen(join(folder, 'provider'), resolve));
  relay = await openRelay(join(folder, 'relay'), join(folder, 'provider'));
  client = http2.connect('http://relay', { createConnection: () => createConnection(join(folder, 'relay')) });
});
afterEach(() => {
  client.destroy();
  relay.close();
  upstream.close();
  rmSync(folder, { recursive: true, force: true });
});

function call(path: string, body: string): Promise<{ status?: string; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const stream = client.request(headers(path));
    const chunks: Buffer[] = [];
    let status: unknown;
    const note = (given: http2.IncomingHttpHeaders) => (status = given['grpc-status'] ?? status);
    stream.on('response', note);
    stream.on('trailers', note);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('end', () =>
      resolve({ ...(typeof status === 'string' ? { status } : {}), bytes: Buffer.concat(chunks) }),
    );
    stream.end(body);
  });
}

describe('a relay', () => {
  it('hands a call through, with what it is answered and how it ended', async () => {
    const { status, bytes } = await call(PLAN, 'queue');
    expect([status, bytes.equals(Buffer.alloc(1 << 20, 'queue'))]).toEqual(['0', true]);
    await call(PLAN, 'queue');
    expect(asked).toEqual([`${PLAN} queue`, `${PLAN} queue`]);
  });

  it.each([PREPARE, CONFIGURE])('asks %s once for what depends on nothing but what is asked', async (path) => {
    const all = await Promise.all(['a', 'b', 'a', 'a'].map((body) => call(path, body)));
    expect(all.map(({ status, bytes }) => [status, bytes.subarray(0, 1).toString()])).toEqual([
      ['0', 'a'],
      ['0', 'b'],
      ['0', 'a'],
      ['0', 'a'],
    ]);
    expect(asked.sort()).toEqual([`${path} a`, `${path} b`]);
  });

  it('answers the check of a configuration that is known to be good by itself, and no other call', async () => {
    relay.close();
    relay = await openRelay(join(folder, 'checked'), join(folder, 'provider'), { isChecked: true });
    client.destroy();
    client = http2.connect('http://relay', { createConnection: () => createConnection(join(folder, 'checked')) });
    expect(await call(PREPARE, 'a'.repeat(1 << 18))).toEqual({ status: '0', bytes: Buffer.alloc(5) });
    expect(asked).toEqual([]);
    await call(CONFIGURE, 'a');
    await call(PLAN, 'a');
    expect(asked).toEqual([`${CONFIGURE} a`, `${PLAN} a`]);
  });

  it('remembers no failure, and tells each', async () => {
    answers.set(PREPARE, (stream) => stream.respond({ 'grpc-status': '13' }, { endStream: true }));
    expect(await call(PREPARE, 'a')).toMatchObject({ status: '13' });
    answers.delete(PREPARE);
    expect(await call(PREPARE, 'a')).toMatchObject({ status: '0' });
    answers.set(PLAN, (stream) => stream.respond({ 'grpc-status': '12' }, { endStream: true }));
    expect(await call(PLAN, 'a')).toMatchObject({ status: '12' });
  });

  it.each([PLAN, PREPARE])('breaks off %s where the provider does, and goes on with the next', async (path) => {
    answers.set(path, (stream) => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR));
    await expect(call(path, 'a')).rejects.toThrow();
    answers.delete(path);
    expect(await call(path, 'a')).toMatchObject({ status: '0' });
  });

  it('breaks off what is asked after the provider is gone', async () => {
    relay.close();
    relay = await openRelay(join(folder, 'second'), join(folder, 'nobody'));
    client.destroy();
    client = http2.connect('http://relay', { createConnection: () => createConnection(join(folder, 'second')) });
    await expect(call(PLAN, 'a')).rejects.toThrow();
    await expect(call(PREPARE, 'a')).rejects.toThrow();
  });
});
