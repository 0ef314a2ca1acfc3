// A filesystem mirror names each provider's registry in its path, and the two engines ask different ones for the same provider.
import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import type { EngineKind } from '../../schemas/generated/types.ts';
import { PROVIDER_REGISTRY } from '../../schemas/rules/engines.ts';

/** `<namespace>/<type>/<version>/<platform>`, a folder. */
const UNPACKED_DEPTH = 4;
/** `<namespace>/<type>/<file>.zip`. */
const PACKED_DEPTH = 3;

async function packagesIn(registry: string): Promise<string[]> {
  const entries = await readdir(registry, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => {
      const depth = path.relative(registry, entry.parentPath).split(path.sep).length + 1;
      return depth === UNPACKED_DEPTH ? !entry.isFile() : depth === PACKED_DEPTH && entry.name.endsWith('.zip');
    })
    .map((entry) => path.relative(registry, path.join(entry.parentPath, entry.name)));
}

/**
 * Makes `folder` a second mirror: what `mirror` has for one engine's registry alone stands there under the other's. Engines follow no
 * link to a folder further up, so that package by package is linked.
 */
export async function linkMirror(mirror: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [terraform, tofu] = await Promise.all([
    packagesIn(path.join(mirror, PROVIDER_REGISTRY.terraform)),
    packagesIn(path.join(mirror, PROVIDER_REGISTRY.tofu)),
  ]);
  const link = async (from: EngineKind, to: EngineKind, file: string): Promise<void> => {
    const target = path.join(folder, PROVIDER_REGISTRY[to], file);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await symlink(path.resolve(mirror, PROVIDER_REGISTRY[from], file), target);
  };
  for (const file of terraform) if (!tofu.includes(file)) await link('terraform', 'tofu', file);
  for (const file of tofu) if (!terraform.includes(file)) await link('tofu', 'terraform', file);
}

const PACKED_NAME = /^terraform-provider-[^_]+_([^_]+)_/;

/** Versions of a provider (`<namespace>/<type>`) in a mirror, under either engine's registry; the newest last. */
export async function listMirrored(mirror: string, provider: string): Promise<string[]> {
  const packages = await Promise.all(
    Object.values(PROVIDER_REGISTRY).map((name) => packagesIn(path.join(mirror, name))),
  );
  const versions = packages.flat().flatMap((file) => {
    const [namespace, type, third = ''] = file.split(path.sep);
    return `${namespace}/${type}` === provider ? [PACKED_NAME.exec(third)?.[1] ?? third] : [];
  });
  return [...new Set(versions)].sort(semver.compareLoose);
}
