import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

interface ComposeConfig {
  services: {
    server: { command: string[]; environment: Record<string, string>; volumes: { type: string; target: string }[] };
  };
}

function withoutToken(): NodeJS.ProcessEnv {
  const { PLUMBLINE_TOKEN: _token, ...env } = process.env;
  return env;
}

describe.skipIf(!hasCompose)('docker-compose.yml', () => {
  test('starts the built server with a token, on every address, on a volume', () => {
    const text = execFileSync('docker', ['compose', 'config', '--format', 'json'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...withoutToken(), PLUMBLINE_TOKEN: 'a-secret' },
    });
    const { server } = (JSON.parse(text) as ComposeConfig).services;
    expect(server.command).toEqual(['node', 'build/server.mjs', '--fetch-engine']);
    expect(server.environment).toMatchObject({
      PLUMBLINE_HOST: '0.0.0.0',
      PLUMBLINE_TOKEN: 'a-secret',
      PLUMBLINE_DATA: '/data',
    });
    expect(server.volumes).toMatchObject([{ type: 'volume', target: '/data' }]);
  });

  test('does not start without a token, and says which variable to set', () => {
    const { status, stderr } = spawnSync('docker', ['compose', 'config'], {
      cwd: root,
      encoding: 'utf8',
      env: withoutToken(),
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('PLUMBLINE_TOKEN');
  });
});

/** A port that is free now. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

describe.skipIf(!existsSync(join(root, 'build', 'server.mjs')))(
  'the command of docker-compose.yml, run by hand',
  () => {
    const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    const listed = (pattern: RegExp) => JSON.parse(pattern.exec(compose)?.[1] ?? '[]') as string[];

    test('asks for the token, and its health check tells a server that lives from one that does not', async () => {
      const [program = '', ...args] = listed(/^ +command: (\[.*\])$/m);
      const port = await freePort();
      const check = (/- "(fetch\(.*)"$/m.exec(compose)?.[1] ?? '').replace('127.0.0.1:4700', `127.0.0.1:${port}`);
      const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-compose-'));
      const env = {
        ...withoutToken(),
        PLUMBLINE_HOST: '0.0.0.0',
        PLUMBLINE_PORT: String(port),
        PLUMBLINE_DATA: dataDir,
        PLUMBLINE_TOKEN: 'a-token-of-this-test-alone',
      };
      const isHealthy = () => spawnSync('node', ['-e', check], { env }).status === 0;
      expect(isHealthy()).toBe(false);
      const server = spawn(program, args, { cwd: root, env, stdio: 'ignore' });
      const ended = new Promise((resolve) => server.once('exit', resolve));
      try {
        while (!isHealthy()) {
          expect(server.exitCode).toBeNull();
          await delay(200);
        }
        const projects = `http://127.0.0.1:${port}/api/projects`;
        expect((await fetch(projects)).status).toBe(401);
        const headers = { authorization: `Bearer ${env.PLUMBLINE_TOKEN}` };
        expect((await fetch(projects, { headers })).status).toBe(200);
      } finally {
        server.kill('SIGTERM');
        await ended;
        rmSync(dataDir, { recursive: true, force: true });
      }
    }, 60_000);
  },
);
