// Finds, installs and starts the AWS emulator of the tier: pinned, in a virtual environment below the ignored build folder.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const VERSION = '1.3.2';
const root = fileURLToPath(new URL('../../', import.meta.url));
const venv = join(root, 'build', `localemu-${VERSION}`);
const program = join(venv, 'bin', 'localemu');
const launcher = fileURLToPath(new URL('mended_emulator.py', import.meta.url));
/** The key that may do everything: for setting things up. */
export const ROOT_KEYS = { accessKeyId: 'AKIAPLUMBLINEROOT001', secretAccessKey: 'plumbline' };

/** Interpreters that may be there: on PATH, or one of pyenv's. */
function candidates() {
  const names = ['python3.13', 'python3.14', 'python3'];
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const pyenv = existsSync(versions)
    ? readdirSync(versions)
        .filter((name) => /^3\.1[3-9]\./.test(name))
        .map((name) => join(versions, name, 'bin', 'python3'))
    : [];
  return [...(process.env.PLUMBLINE_PYTHON ? [process.env.PLUMBLINE_PYTHON] : []), ...pyenv, ...onPath];
}

/** A Python of 3.13 or newer with venv (the emulator says 3.12, where its SNS and S3 fail); undefined where there is none. */
function findPython() {
  const test = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 13))';
  return candidates().find((path) => existsSync(path) && spawnSync(path, ['-c', test]).status === 0);
}

/** Installs the emulator unless it is there. @throws with pip's words where it cannot be had. */
export function installEmulator() {
  if (existsSync(program)) return;
  const python = findPython();
  if (!python) throw new Error('No Python 3.13 or newer was found: install one, or name it in PLUMBLINE_PYTHON.');
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(join(root, 'build'), { recursive: true });
  const made = spawnSync(python, ['-m', 'venv', venv], { encoding: 'utf8' });
  const pip =
    made.status === 0 &&
    spawnSync(join(venv, 'bin', 'pip'), ['install', '-q', `localemu==${VERSION}`], { encoding: 'utf8' });
  if (pip && pip.status === 0 && existsSync(program)) return;
  rmSync(venv, { recursive: true, force: true });
  throw new Error(`localemu ${VERSION} could not be installed: ${(pip || made).stderr.trim().slice(-600)}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a fresh emulator with IAM enforced.
 * @param at the port of one that was stopped: what knew that one finds this one
 * @returns its endpoint, and how to stop it (`SIGKILL`: in the middle of what it does)
 */
export async function startEmulator(at) {
  const port = at ?? (await freePort());
  const home = mkdtempSync(join(tmpdir(), 'plumbline-emulator-'));
  const log = join(home, 'log');
  const file = openSync(log, 'w');
  const child = spawn(join(venv, 'bin', 'python3'), [launcher, 'start'], {
    stdio: ['ignore', file, file],
    env: {
      PATH: `${join(venv, 'bin')}${delimiter}${process.env.PATH}`,
      HOME: home,
      IAM_ENFORCEMENT: '1',
      ROOT_ACCESS_KEYS: ROOT_KEYS.accessKeyId,
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
    },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async (signal = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(home, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 1_800; attempt++) {
    if (child.exitCode !== null) break;
    if (await answers(endpoint)) return { endpoint, port, stop };
    await delay(100);
  }
  const words = readFileSync(log, 'utf8').slice(-2_000);
  await stop();
  throw new Error(`localemu did not start:\n${words}`);
}

async function answers(endpoint) {
  try {
    await fetch(endpoint);
    return true;
  } catch {
    return false;
  }
}
