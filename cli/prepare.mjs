// Installs and builds what has changed: shared by `npm start`, the bench, the tests and the `plumbline` command.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { alone } from './alone.mjs';
import { install, isReady } from './install.mjs';
import { requireNode } from './node-version.mjs';
import { builtStamp, sourceStamp } from './stamp.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const buildDir = `${root}/build`;

/** In the build folder while a process installs or builds. */
export const LOCK = '.preparing';

const settings = ['package-lock.json', 'tsconfig.json'];
export const sources = {
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
  if (isReady(root) && staleOf(parts).length === 0) return;
  await alone(`${buildDir}/${LOCK}`, log, async () => {
    await install(root, { log, quiet });
    const stale = staleOf(parts);
    if (stale.length === 0) return;
    if (!quiet) log('Building...');
    buildApart(stale);
  });
}

/** The parts whose sources have changed since they were built. */
const staleOf = (parts) => parts.filter((part) => builtStamp(buildDir, part) !== sourceStamp(root, sources[part]));

/** Builds in a process of its own: the builders take hundreds of megabytes, which a server that goes on in this process would keep. */
function buildApart(parts) {
  const { status } = spawnSync(process.execPath, [`${root}/cli/build.mjs`, ...parts], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('The build failed; its words are above.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  prepare().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
