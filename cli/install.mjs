// Installs the packages of package-lock.json when they are missing or others. Plain JavaScript, as nothing is installed yet.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** True when node_modules holds exactly what the lockfile says (packages for other platforms apart). */
export function isInstalled(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = readJson(join(root, 'package-lock.json')).packages;
  const installed = readJson(installedFile).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (entry.optional && !installed[path])) return true;
    return installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity;
  });
}

/** True when the native SQLite driver loads in this Node (it is built for one line of Node). */
function nativeDriverLoads(root) {
  try {
    const Database = createRequire(join(root, 'package.json'))('better-sqlite3');
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/** Where this Node's own headers are, so that the native driver can be built with no download. */
export function headersPrefix(execPath = process.execPath, version = process.versions.node) {
  const prefix = dirname(dirname(execPath));
  const header = join(prefix, 'include', 'node', 'node_version.h');
  if (!existsSync(header)) return undefined;
  const text = readFileSync(header, 'utf8');
  const part = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
  return `${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}` === version ? prefix : undefined;
}

function npm(root, args, quiet) {
  const env = { ...process.env };
  const prefix = headersPrefix();
  if (prefix && !env.npm_config_nodedir) env.npm_config_nodedir = prefix;
  // Nothing of ours may reach stdout: a command's --json goes there.
  const child = spawn('npm', [...args, '--loglevel=error'], {
    cwd: root,
    env,
    stdio: ['ignore', quiet ? 'ignore' : 2, 2],
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Error(`npm could not be started (${error.message}). It comes with Node; put it on PATH.`)),
    );
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `npm ${args.join(' ')} ended with code ${code}. Read its words above; when the network is at fault, run the command again once it is back.`,
          ),
        );
    });
  });
}

/** True when nothing is left to install. */
export const isReady = (root) => isInstalled(root) && nativeDriverLoads(root);

/** Installs what is missing. */
export async function install(root, { log, quiet }) {
  if (!isInstalled(root)) {
    log('Installing packages (only when they have changed; a minute or two)...');
    await npm(root, ['ci', '--include=dev', '--no-audit', '--no-fund'], quiet);
  }
  if (nativeDriverLoads(root)) return;
  log(`Building the SQLite driver for Node ${process.versions.node}...`);
  await npm(root, ['rebuild', 'better-sqlite3'], quiet);
}
