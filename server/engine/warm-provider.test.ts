import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import * as http2 from 'node:http2';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RootCall } from './engine-types.ts';
import { openWarmProvider } from './warm-provider.ts';

const ADDRESS = 'registry.terraform.io/hashicorp/aws';
const SERVE =
  'echo "1|5|unix|$PLUGIN_UNIX_SOCKET_DIR/plugin|grpc|"; echo "It chats."; echo $$ > "$MARK"; exec sleep 600';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plumbline-warm-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** An initialised root whose provider is a shell script. */
function root(script: string, { versions = ['5.1.0'], provider = { aws: [{}] } as object } = {}): RootCall {
  writeFileSync(join(dir, 'main.tf.json'), JSON.stringify({ provider }));
  const locks = versions.map(
    (version, nth) => `provider "${ADDRESS}${nth || ''}" {\n  version     = "${version}"\n}\n`,
  );
  writeFileSync(join(dir, '.terraform.lock.hcl'), locks.join('\n'));
  const folder = join(dir, '.terraform', 'providers', ADDRESS, versions[0] ?? '', 'linux_amd64');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}.lock`, '');
  const program = join(folder, 'terraform-provider-aws_v5.1.0_x5');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return {
    engine: { kind: 'terraform', path: 'terraform', version: '1.11.0' },
    dir,
    target: 'aws',
    cliConfig: '',
    env: { MARK: join(dir, 'pid') },
    signal: AbortSignal.timeout(60_000),
    timeoutMs: 60_000,
    onLine: () => {},
  };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a provider that is kept warm', () => {
  it('is the one that init chose, is reached by its address, and ends with it', async () => {
    const warm = await openWarmProvider(root(SERVE));
    const { [ADDRESS]: server } = JSON.parse(warm?.reattach ?? '{}');
    expect(server).toMatchObject({ Protocol: 'grpc', ProtocolVersion: 5, Test: true, Addr: { Network: 'unix' } });
    await expect.poll(() => readdirSync(dir)).toContain('pid');
    const pid = Number(readFileSync(join(dir, 'pid'), 'utf8'));
    expect(isAlive(pid)).toBe(true);
    await warm?.close();
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it.each([
    ['does not come up', 'exit 1'],
    ['says something else', 'echo "This is a plugin."; exec sleep 600'],
    ['speaks a protocol of the future', 'echo "1|9|unix|/tmp/x|grpc|"; exec sleep 600'],
    ['listens to the network', 'echo "1|5|tcp|127.0.0.1:1|grpc|"; exec sleep 600'],
  ])('is left to the engine where it %s', async (_what, script) => {
    expect(await openWarmProvider(root(script))).toBeUndefined();
  });

  it.each([
    ['two providers', { versions: ['5.1.0', '3.0.0'] }],
    ['two configurations', { provider: { aws: [{}, { alias: 'other' }] } }],
    ['none', { versions: [] }],
  ])('is not started for a root with %s', async (_what, change) => {
    expect(await openWarmProvider(root(SERVE, change))).toBeUndefined();
    expect(readdirSync(dir)).not.toContain('pid');
  });

  it('need not check what another one was configured with, but for the tags', async () => {
    const provider = (region: string, node: string) => ({
      provider: { aws: [{ region, default_tags: [{ tags: { node } }] }] },
    });
    /** Nobody stands behind the script: what is answered, the relay answers. */
    const isCheckedWithout = async (change: object, isTaken = false): Promise<boolean> => {
      const warm = await openWarmProvider(root(SERVE, change));
      const { [ADDRESS]: reached } = JSON.parse(warm?.reattach ?? '{}');
      const engine = http2.connect('http://relay', { createConnection: () => createConnection(reached.Addr.String) });
      const check = engine.request({ ':method': 'POST', ':path': '/tfplugin5.Provider/PrepareProviderConfig' });
      check.end();
      const isAnswered = await check.toArray().then(
        () => check.rstCode === http2.constants.NGHTTP2_NO_ERROR,
        () => false,
      );
      if (isTaken) warm?.wasConfigured();
      engine.destroy();
      await warm?.close();
      return isAnswered;
    };
    expect(await isCheckedWithout(provider('eu-west-1', 'queue'))).toBe(false);
    expect(await isCheckedWithout(provider('eu-west-1', 'queue'), true)).toBe(false);
    expect(await isCheckedWithout(provider('eu-west-1', 'topic'))).toBe(true);
    expect(await isCheckedWithout(provider('eu-west-2', 'topic'))).toBe(false);
  });

  describe('whose server is killed', () => {
    /** A server in a process of its own, with the provider of a root. */
    async function serverWithProvider(script: string) {
      const { onLine: _, signal: __, ...call } = root(script);
      const module = new URL('warm-provider.ts', import.meta.url).href;
      const source = `import { openWarmProvider } from ${JSON.stringify(module)};
        const call = { ...${JSON.stringify(call)}, onLine() {}, signal: new AbortController().signal };
        console.log((await openWarmProvider(call)).reattach);
        setInterval(() => {}, 1000);`;
      const flags = ['--import', 'tsx', '--input-type=module', '-e', source];
      const server = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [said] = (await once(server.stdout, 'data')) as [Buffer];
      await expect.poll(() => readdirSync(dir)).toContain('pid');
      const { [ADDRESS]: reached } = JSON.parse(said.toString());
      return { server, socket: reached.Addr.String as string, pid: Number(readFileSync(join(dir, 'pid'), 'utf8')) };
    }

    it('ends', async () => {
      const { server, socket, pid } = await serverWithProvider(SERVE);
      expect(isAlive(pid)).toBe(true);
      server.kill('SIGKILL');
      await expect.poll(() => isAlive(pid)).toBe(false);
      await expect.poll(() => existsSync(dirname(socket))).toBe(false);
    });

    it('serves the engine that is connected to its end', async () => {
      const { server, socket, pid } = await serverWithProvider(SERVE);
      const engine = http2.connect('http://provider', { createConnection: () => createConnection(socket) });
      // The relay has taken it: its settings came.
      await once(engine, 'remoteSettings');
      server.kill('SIGKILL');
      await once(server, 'exit');
      // Longer than it takes to end where no engine is connected.
      await delay(1_000);
      expect(isAlive(pid)).toBe(true);
      engine.destroy();
      await expect.poll(() => isAlive(pid)).toBe(false);
    });
  });

  it('is not waited for once the run is cancelled', async () => {
    const cancelled = { ...root('exec sleep 600'), signal: AbortSignal.timeout(200) };
    expect(await openWarmProvider(cancelled)).toBeUndefined();
  });
});
