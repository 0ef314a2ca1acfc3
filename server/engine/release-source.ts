// Reads a release's files from the web or from a folder.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';

export interface ReleaseFile {
  /** 0 where it is not known. */
  size: number;
  bytes: AsyncIterable<Buffer>;
}

/** PLUMBLINE_ENGINE_MIRROR may be a web address, a file address or a folder. */
export async function openReleaseFile(base: string, name: string, signal?: AbortSignal): Promise<ReleaseFile> {
  if (!/^https?:\/\//.test(base)) {
    const file = path.join(base.startsWith('file:') ? fileURLToPath(base) : path.resolve(base), name);
    const { size } = await stat(file);
    return { size, bytes: createReadStream(file, { signal }) };
  }
  const response = await fetch(new URL(name, base.endsWith('/') ? base : `${base}/`), { signal });
  if (!response.ok || response.body === null) throw new Error(`${response.url} answered ${response.status}`);
  const size = Number(response.headers.get('content-length') ?? 0);
  return { size, bytes: Readable.fromWeb(response.body as ReadableStream<Uint8Array>) };
}
