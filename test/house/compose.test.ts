import { execFileSync, spawnSync } from 'node:child_process';
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
    expect(server.command).toEqual(['node', 'build/server.mjs']);
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
