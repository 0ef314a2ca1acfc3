// Our own Terraform CLI configuration, so that nothing of the user's leaks in.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { linkMirror } from './mirror-links.ts';

export interface CliConfigOptions {
  dataDir: string;
  /** Folder of a filesystem mirror of providers (PLUMBLINE_PROVIDER_MIRROR). */
  providerMirror?: string;
}

function configText(cacheDir: string, mirrors: readonly string[]): string {
  const installation =
    mirrors.length === 0
      ? '  direct {}\n'
      : mirrors.map((mirror) => `  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n`).join('');
  return [
    `plugin_cache_dir = ${JSON.stringify(cacheDir)}`,
    // Without it the cache serves only roots that have a lock file already; ours are generated, and pin providers themselves.
    'plugin_cache_may_break_dependency_lock_file = true',
    `provider_installation {\n${installation}}`,
    '',
  ].join('\n');
}

/** Writes `<data>/engine/engine.tfrc`, good for both engines, and the plugin cache folder; answers with the file's path. */
export async function writeCliConfig({ dataDir, providerMirror }: CliConfigOptions): Promise<string> {
  const folder = path.resolve(dataDir, 'engine');
  const cacheDir = path.join(folder, 'plugins');
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const mirrors = providerMirror === undefined ? [] : [path.resolve(providerMirror), path.join(folder, 'mirror')];
  const [mirror, links] = mirrors;
  if (mirror !== undefined && links !== undefined) await linkMirror(mirror, links);
  const file = path.join(folder, 'engine.tfrc');
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, configText(cacheDir, mirrors), { mode: 0o600 });
  await rename(fresh, file);
  return file;
}
