// The OpenTofu release that is downloaded where the machine has no engine.
import path from 'node:path';

export interface EngineRelease {
  version: string;
  /** Folder of the release's files. */
  url: string;
  /** sha256 of the release's SHA256SUMS file, which in turn has the sha256 of each platform's archive. */
  sumsDigest: string;
}

/**
 * One digest covers every platform, as the checksums file is pinned as a whole. It is the one that several public projects record for
 * this release in their own pins; this code has not been run against the release itself.
 */
export const PINNED_RELEASE: EngineRelease = {
  version: '1.12.6',
  url: 'https://github.com/opentofu/opentofu/releases/download/v1.12.6/',
  sumsDigest: '6988e0cb8f4e9ebfa3b0999e44841549741b22d9b38873cb5b89074f1cddcb1c',
};

/** Where the downloaded engine is, or will be. */
export function downloadedPath(dataDir: string, { version }: EngineRelease = PINNED_RELEASE): string {
  return path.resolve(dataDir, 'engine', `tofu-${version}`, 'tofu');
}

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin' };
const MACHINES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Name of the archive for a platform; undefined where there is none that we can use. */
export function archiveName(
  version: string,
  system: NodeJS.Platform,
  machine: NodeJS.Architecture,
): string | undefined {
  const [os, arch] = [SYSTEMS[system], MACHINES[machine]];
  return os && arch ? `tofu_${version}_${os}_${arch}.tar.gz` : undefined;
}

/** The digest of a file in a SHA256SUMS text: "<64 hex>  <name>" per line. */
export function findDigest(sums: string, name: string): string | undefined {
  for (const line of sums.split('\n')) {
    const [digest, file] = line.trim().split(/\s+\*?/);
    if (file === name && /^[0-9a-f]{64}$/.test(digest ?? '')) return digest;
  }
  return undefined;
}
