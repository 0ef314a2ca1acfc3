// One provider process for a plan, its `show` and its apply, where the engine by itself starts one six times and has it look through
// itself three times. It lives in a process that outlives us while an engine is at work, see provider-host.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { engineEnvironment } from './engine-environment.ts';
import type { RootCall } from './engine-types.ts';

const inSources = import.meta.url.endsWith('.ts');
const HOST = fileURLToPath(
  new URL(inSources ? './provider-host-in-sources.mjs' : './provider-host.mjs', import.meta.url),
);

/**
 * Configurations that a provider has taken since we started, each with the provider's program: to check one, the AWS provider looks
 * through its more than a thousand resource types, 2 s of processor time, and the boxes of an environment differ in their tags alone.
 */
const checked = new Set<string>();

export interface WarmProvider {
  /** Value of TF_REATTACH_PROVIDERS. */
  reattach: string;
  isUp(): boolean;
  /** Its configuration was taken: the next provider with the same one, but for the tags, need not check it. */
  wasConfigured(): void;
  /** Lets go of it: it ends when no engine is connected any more, and then this resolves. */
  close(): Promise<void>;
}

/**
 * Starts the provider of an initialised root.
 * @returns undefined where the root does not have exactly one provider with one configuration (a process holds one), or where it does
 * not come up: the engine then starts its own, and says what is wrong
 */
export async function openWarmProvider(call: RootCall): Promise<WarmProvider | undefined> {
  const [installed, configuration] = await Promise.all([findProvider(call.dir), readConfiguration(call.dir)]);
  if (!installed || !configuration || call.signal.aborted) return undefined;
  const known = JSON.stringify([installed.program.split('/').at(-1), configuration]);
  const scratch = await mkdtemp(path.join(tmpdir(), 'plumbline-provider-'));
  // In a session of its own: a terminal's interrupt is for us, and the engine then ends in its own time.
  const host = spawn(process.execPath, [HOST, installed.program, scratch, ...(checked.has(known) ? ['checked'] : [])], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: environmentOf(call),
  });
  const ended = once(host, 'exit').catch(() => rm(scratch, { recursive: true, force: true }));
  const letGo = () => void host.stdin.end();
  const close = async () => {
    letGo();
    await ended;
  };
  host.stdin.on('error', () => {});
  call.signal.addEventListener('abort', letGo, { once: true });
  const said = await firstLine(host.stdout);
  call.signal.removeEventListener('abort', letGo);
  if (said !== undefined) {
    const reattach = reattachValue(installed.address, JSON.parse(said) as HostLine);
    return {
      reattach,
      isUp: () => host.exitCode === null && host.signalCode === null,
      wasConfigured: () => void checked.add(known),
      close,
    };
  }
  await close();
  return undefined;
}

async function firstLine(output: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) return line;
  return undefined;
}

/** What provider-host says when it is ready. */
interface HostLine {
  pid: number;
  protocolVersion: number;
  socket: string;
}

function environmentOf(call: RootCall): Record<string, string> {
  return engineEnvironment({ target: call.target, parent: process.env, cliConfig: call.cliConfig, extra: call.env });
}

function reattachValue(address: string, { pid, protocolVersion, socket }: HostLine): string {
  const server = { Protocol: 'grpc', ProtocolVersion: protocolVersion, Pid: pid, Test: true };
  return JSON.stringify({ [address]: { ...server, Addr: { Network: 'unix', String: socket } } });
}

/** The one provider that init chose, by the root's lock file, and its program where init put it. */
async function findProvider(dir: string): Promise<{ address: string; program: string } | undefined> {
  const lock = await readFile(path.join(dir, '.terraform.lock.hcl'), 'utf8').catch(() => '');
  const [chosen, ...others] = [...lock.matchAll(/^provider "([^"]+)" \{\s+version\s+= "([^"]+)"/gm)];
  const [, address = '', version = ''] = chosen ?? [];
  if (!chosen || others.length > 0) return undefined;
  const platforms = path.join(dir, '.terraform', 'providers', address, version);
  // OpenTofu leaves `<platform>.lock` beside.
  const names = await readdir(platforms).catch(() => []);
  const [platform, ...more] = names.filter((name) => !name.endsWith('.lock'));
  if (platform === undefined || more.length > 0) return undefined;
  const files = await readdir(path.join(platforms, platform));
  const program = files.find((name) => name.startsWith('terraform-provider-'));
  return program === undefined ? undefined : { address, program: path.join(platforms, platform, program) };
}

/** The configuration of a root's one provider without the tags, which are the root's own; undefined where it has another number of them. */
async function readConfiguration(dir: string): Promise<Record<string, unknown> | undefined> {
  const { provider = {} } = JSON.parse(await readFile(path.join(dir, 'main.tf.json'), 'utf8')) as {
    provider?: Record<string, unknown>;
  };
  const [only, ...others] = Object.values(provider).flat() as Record<string, unknown>[];
  if (!only || others.length > 0) return undefined;
  const { default_tags: _tags, ...configuration } = only;
  return configuration;
}
