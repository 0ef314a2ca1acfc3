// What the operator sets through the environment.
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail } from './errors.ts';

export interface Settings {
  dataDir: string;
  host: string;
  /** 0: any free one. */
  port: number;
  /** Whether the host can be reached from beyond this machine. */
  isPublic: boolean;
  token?: string;
  /** Host names that the server answers for, beside those of loopback. */
  hosts: string[];
  logLevel: string;
  providerMirror?: string;
  /** How many steps of a run go side by side. */
  parallel: number;
  /** Folder of the installation. */
  home: string;
}

/** The folder with package.json: one above this file, in the sources and in the build. */
const home = fileURLToPath(new URL('../', import.meta.url));

const shortestToken = 16;

/** @throws `bad-setting`, `token-needed` */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const host = env.PLUMBLINE_HOST || '127.0.0.1';
  const isPublic = !isLoopback(host);
  const token = env.PLUMBLINE_TOKEN || undefined;
  if (token !== undefined && token.length < shortestToken) {
    fail('bad-setting', {
      values: { name: 'PLUMBLINE_TOKEN' },
      got: `${token.length} characters`,
      expected: `${shortestToken} or more`,
      fix: 'Make one with: openssl rand -hex 32',
    });
  }
  if (isPublic && token === undefined) fail('token-needed', { got: `PLUMBLINE_HOST=${host} and no PLUMBLINE_TOKEN` });
  return {
    dataDir: resolve(env.PLUMBLINE_DATA || join(home, '.plumbline')),
    host,
    port: readPort(env.PLUMBLINE_PORT),
    isPublic,
    token,
    hosts: isPublic
      ? [hostname().toLowerCase(), ...names(env.PLUMBLINE_ALLOWED_HOSTS)]
      : names(env.PLUMBLINE_ALLOWED_HOSTS),
    logLevel: env.PLUMBLINE_LOG || (process.stderr.isTTY ? 'warn' : 'info'),
    providerMirror: env.PLUMBLINE_PROVIDER_MIRROR || undefined,
    parallel: readParallel(env.PLUMBLINE_PARALLEL),
    home,
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 4700;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  return fail('bad-setting', { values: { name: 'PLUMBLINE_PORT' }, got: text, expected: 'a port from 0 to 65535' });
}

function readParallel(text: string | undefined): number {
  if (text === undefined || text === '') return 4;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  return fail('bad-setting', {
    values: { name: 'PLUMBLINE_PARALLEL' },
    got: text,
    expected: 'how many steps may go side by side, from 1 to 64',
    fix: 'Set PLUMBLINE_PARALLEL to such a number, or take it away: 4 is the default.',
  });
}

function names(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}
