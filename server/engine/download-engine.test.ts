import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadEngine } from './download-engine.ts';
import { archiveName, type EngineRelease, findDigest, PINNED_RELEASE } from './engine-release.ts';
import { findEngines } from './find-engine.ts';

const ARCHIVE = archiveName('9.9.9', process.platform, process.arch) ?? '';
const SUMS = 'tofu_9.9.9_SHA256SUMS';
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let mirror: string;
let dataDir: string;
let server: Server;
let release: EngineRelease;
let asked: string[];

async function makeRelease(): Promise<void> {
  await mkdir(mirror);
  await writeFile(path.join(folder, 'tofu'), "#!/bin/sh\necho 'OpenTofu v9.9.9'\n", { mode: 0o755 });
  execFileSync('tar', ['-czf', path.join(mirror, ARCHIVE), '-C', folder, 'tofu']);
  const digest = sha256(await readFile(path.join(mirror, ARCHIVE)));
  await writeFile(path.join(mirror, SUMS), `${'0'.repeat(64)}  tofu_9.9.9_other.tar.gz\n${digest}  ${ARCHIVE}\n`);
}

function serveMirror(): Server {
  return createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    asked.push(name);
    readFile(path.join(mirror, name)).then(
      (bytes) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-download-'));
  mirror = path.join(folder, 'mirror');
  dataDir = path.join(folder, 'data');
  asked = [];
  await makeRelease();
  server = serveMirror();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sumsDigest = sha256(await readFile(path.join(mirror, SUMS)));
  release = { version: '9.9.9', url: `http://127.0.0.1:${port}/v9.9.9/`, sumsDigest };
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** An address on which nobody listens. */
async function deadAddress(): Promise<string> {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  return `http://127.0.0.1:${port}/`;
}

const download = (env: NodeJS.ProcessEnv = {}) => downloadEngine({ dataDir, env, release });

describe('downloadEngine', () => {
  it('downloads, reports how far it is, and gives an engine that runs', async () => {
    const reports: { received: number; total: number }[] = [];
    const engine = await downloadEngine({
      dataDir,
      env: {},
      release,
      onProgress: (progress) => reports.push(progress),
    });
    const size = (await readFile(path.join(mirror, ARCHIVE))).length;
    expect(reports.at(-1)).toEqual({ received: size, total: size });
    const [found] = await findEngines({ dataDir, env: { PATH: '/bin', PLUMBLINE_ENGINE: engine.path } });
    expect(found).toEqual(engine);
  });

  it('asks the network once', async () => {
    await download();
    await download();
    expect(asked).toEqual([SUMS, ARCHIVE]);
  });

  it.each([
    ['the archive', ARCHIVE],
    ['the checksums file', SUMS],
  ])('throws away %s where it is not the one that is pinned', async (_what, name) => {
    await writeFile(path.join(mirror, name), 'something else');
    await expect(download()).rejects.toMatchObject({
      error: { code: 'engine-checksum', message: expect.stringContaining(sha256('something else')) },
    });
    expect(await readdir(path.join(dataDir, 'engine', 'tofu-9.9.9'))).toEqual([]);
    expect((await readdir(path.join(dataDir, 'engine'))).filter((entry) => entry.startsWith('download-'))).toEqual([]);
  });

  it('says what to do where the network is not there, and goes on when it is back', async () => {
    const away = { ...release, url: await deadAddress() };
    await expect(downloadEngine({ dataDir, env: {}, release: away })).rejects.toMatchObject({
      error: {
        code: 'engine-offline',
        message: expect.stringContaining(`OpenTofu 9.9.9 could not be downloaded from ${away.url}`),
        detail: expect.stringContaining('ECONNREFUSED'),
        hint: expect.stringMatching(/Install terraform or tofu.*PLUMBLINE_ENGINE .*PLUMBLINE_ENGINE_MIRROR/),
        retry: true,
      },
    });
    expect((await download()).version).toBe('9.9.9');
  });

  it('says so where the release is not at the address', async () => {
    await rm(path.join(mirror, ARCHIVE));
    await expect(download()).rejects.toMatchObject({
      error: { code: 'engine-offline', detail: expect.stringContaining('404') },
    });
  });

  it('takes a mirror by its folder or address, with the same checksum', async () => {
    const away = { ...release, url: await deadAddress() };
    await downloadEngine({ dataDir, env: { PLUMBLINE_ENGINE_MIRROR: mirror }, release: away });
    const other = path.join(folder, 'other');
    await downloadEngine({ dataDir: other, env: { PLUMBLINE_ENGINE_MIRROR: release.url.slice(0, -1) }, release: away });
    await writeFile(path.join(mirror, ARCHIVE), 'bad');
    const third = downloadEngine({
      dataDir: path.join(folder, 'third'),
      env: { PLUMBLINE_ENGINE_MIRROR: mirror },
      release: away,
    });
    await expect(third).rejects.toMatchObject({ error: { code: 'engine-checksum' } });
  });
});

describe('the pinned release', () => {
  it('names an archive for each platform that we run on, and none for others', () => {
    expect(archiveName('1.2.3', 'linux', 'x64')).toBe('tofu_1.2.3_linux_amd64.tar.gz');
    expect(archiveName('1.2.3', 'darwin', 'arm64')).toBe('tofu_1.2.3_darwin_arm64.tar.gz');
    expect(archiveName('1.2.3', 'win32', 'x64')).toBeUndefined();
    expect(archiveName('1.2.3', 'linux', 'ppc64')).toBeUndefined();
  });

  it('is one version throughout', () => {
    expect(PINNED_RELEASE.url).toContain(`/v${PINNED_RELEASE.version}/`);
    expect(PINNED_RELEASE.sumsDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds a digest by the whole name', () => {
    expect(findDigest(`${'a'.repeat(64)}  x.tar.gz\n${'b'.repeat(64)} *y.zip\n`, 'y.zip')).toBe('b'.repeat(64));
    expect(findDigest(`${'a'.repeat(64)}  x.tar.gz\n`, 'tar.gz')).toBeUndefined();
    expect(findDigest('junk  x.tar.gz', 'x.tar.gz')).toBeUndefined();
  });
});
