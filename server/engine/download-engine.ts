// Downloads the pinned OpenTofu release once, checksum verified.
import type { EngineBinary } from './engine-types.ts';

export interface DownloadOptions {
  dataDir: string;
  env?: NodeJS.ProcessEnv;
  /** Bytes so far and in all (0 while unknown). */
  onProgress?(progress: { received: number; total: number }): void;
  signal?: AbortSignal;
}

/**
 * Downloads OpenTofu into `<data>/engine`, or answers with the one that is there.
 * @throws EngineFailure `engine-offline`, `engine-checksum`, `engine-platform`
 */
export async function downloadEngine(_options: DownloadOptions): Promise<EngineBinary> {
  throw new Error('not yet');
}
