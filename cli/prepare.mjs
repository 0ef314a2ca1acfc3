// Installs and builds what has changed: shared by `npm start`, the bench, the tests and the `plumbline` command.
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install } from './install.mjs';
import { requireNode } from './node-version.mjs';
import { builtStamp, sourceStamp } from './stamp.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const buildDir = `${root}/build`;

const settings = ['package-lock.json', 'tsconfig.json'];
const sources = {
  code: { folders: ['schemas', 'modules', 'server', 'cli'], files: settings },
  web: { folders: ['schemas', 'web'], files: settings },
};

/**
 * Makes the parts ready to run and says so on stderr, which is the only place that it writes to.
 * @param {{parts?: ('code' | 'web')[], quiet?: boolean}} options quiet: no word, unless something takes its time.
 */
export async function prepare({ parts = ['code', 'web'], quiet = false } = {}) {
  requireNode();
  const log = (line) => console.error(line);
  await install(root, { log, quiet });
  const stale = parts.filter((part) => builtStamp(buildDir, part) !== sourceStamp(root, sources[part]));
  if (stale.length === 0) return;
  if (!quiet) log('Building...');
  const { build } = await import('./build.mjs');
  await build(root, buildDir, new Map(stale.map((part) => [part, sourceStamp(root, sources[part])])));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  prepare().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
