// Downloads the pinned OpenTofu release once, checksum verified.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { archiveName, downloadedPath, type EngineRelease, findDigest, PINNED_RELEASE } from './engine-release.ts';
import { type EngineBinary, EngineFailure } from './engine-types.ts';
import { openReleaseFile, type ReleaseFile } from './release-source.ts';

export interface DownloadOptions {
  dataDir: string;
  env?: NodeJS.ProcessEnv;
  /** Bytes so far and in all (0 while unknown). */
  onProgress?(progress: { received: number; total: number }): void;
  signal?: AbortSignal;
  /** For tests. */
  release?: EngineRelease;
}

const run = promisify(execFile);
const WAYS_ON =
  'Install terraform or tofu on PATH, or set PLUMBLINE_ENGINE to the path of one, or set PLUMBLINE_ENGINE_MIRROR to a web ' +
  'address or folder that has the files of the release; then start again.';

function offline(release: EngineRelease, source: string, cause: unknown): EngineFailure {
  const reason =
    cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause);
  return new EngineFailure({
    code: 'engine-offline',
    message: `No terraform or tofu was found, and OpenTofu ${release.version} could not be downloaded from ${source}.`,
    detail: reason,
    retry: true,
    hint: WAYS_ON,
  });
}

function wrongChecksum(file: string, got: string, expected: string): EngineFailure {
  return new EngineFailure({
    code: 'engine-checksum',
    message: `The downloaded ${file} is not the one that was expected, so it was thrown away: sha256 ${got}, expected ${expected}.`,
    retry: true,
    hint: `Something between here and the release changes files, or the mirror is wrong. ${WAYS_ON}`,
  });
}

async function readSums(release: EngineRelease, source: string, signal?: AbortSignal): Promise<string> {
  const name = `tofu_${release.version}_SHA256SUMS`;
  const chunks: Buffer[] = [];
  for await (const chunk of (await openReleaseFile(source, name, signal)).bytes) chunks.push(Buffer.from(chunk));
  const sums = Buffer.concat(chunks);
  const got = createHash('sha256').update(sums).digest('hex');
  if (got !== release.sumsDigest) throw wrongChecksum(name, got, release.sumsDigest);
  return sums.toString('utf8');
}

/** Writes the archive to `file`; answers its sha256. */
async function fetchArchive(source: ReleaseFile, file: string, report: DownloadOptions['onProgress']): Promise<string> {
  const hash = createHash('sha256');
  let received = 0;
  await pipeline(
    source.bytes,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        received += chunk.length;
        report?.({ received, total: source.size });
        yield chunk;
      }
    },
    createWriteStream(file, { mode: 0o600 }),
  );
  return hash.digest('hex');
}

function platformArchive({ version }: EngineRelease): string {
  const name = archiveName(version, process.platform, process.arch);
  if (name !== undefined) return name;
  throw new EngineFailure({
    code: 'engine-platform',
    message: `There is no download of OpenTofu ${version} for ${process.platform} on ${process.arch} that Plumbline can use.`,
    retry: true,
    hint: 'Install terraform or tofu on PATH, or set PLUMBLINE_ENGINE to the path of one; then start again.',
  });
}

async function downloadInto(folder: string, release: EngineRelease, options: DownloadOptions): Promise<void> {
  const { env = process.env, signal, onProgress } = options;
  const source = env.PLUMBLINE_ENGINE_MIRROR || release.url;
  const name = platformArchive(release);
  const archive = path.join(folder, name);
  try {
    const expected = findDigest(await readSums(release, source, signal), name);
    if (expected === undefined) throw new Error(`its checksums file has no ${name}`);
    const got = await fetchArchive(await openReleaseFile(source, name, signal), archive, onProgress);
    if (got !== expected) throw wrongChecksum(name, got, expected);
  } catch (error) {
    throw error instanceof EngineFailure ? error : offline(release, source, error);
  }
  await run('tar', ['-xzf', archive, '-C', folder, 'tofu']);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * Downloads OpenTofu into `<data>/engine`, or answers with the one that is there. The checksum is verified before anything is unpacked,
 * wherever the files came from, and a download that was broken off leaves nothing behind.
 * @throws EngineFailure `engine-offline`, `engine-checksum`, `engine-platform`
 */
export async function downloadEngine(options: DownloadOptions): Promise<EngineBinary> {
  const { dataDir, release = PINNED_RELEASE } = options;
  const target = downloadedPath(dataDir, release);
  const engine: EngineBinary = { kind: 'tofu', path: target, version: release.version };
  if (await exists(target)) return engine;
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(path.join(path.resolve(dataDir, 'engine'), 'download-'));
  try {
    await downloadInto(folder, release, options);
    const unpacked = path.join(folder, 'tofu');
    await chmod(unpacked, 0o755);
    await rename(unpacked, target);
    return engine;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
