// Where modules and contracts lie: in the sources, or beside the build.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ContractDocument, ModuleManifest } from '../../schemas/generated/types.ts';
import type { SynthFolders } from './types.ts';

/** False in the bundled build, whose files are `build/*.mjs`. */
export const inSources = import.meta.url.endsWith('.ts');

const home = new URL(inSources ? '../../' : '../', import.meta.url);

export interface ModuleFolder {
  manifest: ModuleManifest;
  dir: string;
  /** URL of the module's stack. */
  stack: string;
}

/**
 * Every published module, sorted by id.
 * @throws Error naming the file that is no JSON
 */
export function readModules({ modulesDir }: SynthFolders): ModuleFolder[] {
  const builtIn = join(fileURLToPath(home), 'modules');
  const folders = [builtIn, ...list(modulesDir)].flatMap((root) => moduleFolders(root, root === builtIn));
  return folders.sort((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
}

/** Every published contract, sorted by file name. */
export function readContracts({ contractsDir }: SynthFolders): ContractDocument[] {
  return [join(fileURLToPath(home), 'schemas', 'contracts'), ...list(contractsDir)].flatMap((root) =>
    readdirSync(root)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => readJson<ContractDocument>(join(root, file))),
  );
}

function moduleFolders(root: string, builtIn: boolean): ModuleFolder[] {
  return readdirSync(root)
    .map((name) => join(root, name))
    .filter((dir) => existsSync(join(dir, 'module.json')))
    .map((dir) => {
      const manifest = readJson<ModuleManifest>(join(dir, 'module.json'));
      const bundled = builtIn && !inSources;
      const stack = bundled
        ? new URL(`modules/${manifest.id}.mjs`, import.meta.url)
        : pathToFileURL(join(dir, 'stack.ts'));
      return { manifest, dir, stack: stack.href };
    });
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
}

function list(value: string | readonly string[] = []): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
