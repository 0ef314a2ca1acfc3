// One provider process for a plan and its `show`, where the engine by itself starts one four times and has it look through itself twice.
// It is configured once in its life, as one of the engine's own would be (a second time, the AWS provider refuses AWS_CA_BUNDLE).
// For planning alone: an apply has to outlive us, so its provider is the engine's own.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { engineEnvironment } from './engine-environment.ts';
import type { RootCall } from './engine-types.ts';
import { type ProviderProcess, startProvider } from './provider-process.ts';
import { openRelay, type Relay } from './provider-relay.ts';

export interface WarmProvider {
  /** Value of TF_REATTACH_PROVIDERS. */
  reattach: string;
  close(): Promise<void>;
}

/**
 * Starts the provider of an initialised root.
 * @returns undefined where the root does not have exactly one provider with one configuration (a process holds one), or where it does
 * not come up: the engine then starts its own, and says what is wrong
 */
export async function openWarmProvider(call: RootCall): Promise<WarmProvider | undefined> {
  const installed = await findProvider(call.dir);
  if (!installed || !(await isConfiguredOnce(call.dir))) return undefined;
  const scratch = await mkdtemp(path.join(tmpdir(), 'plumbline-provider-'));
  let process: ProviderProcess | undefined;
  let relay: Relay | undefined;
  const close = async () => {
    relay?.close();
    process?.stop();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    process = await startProvider(installed.program, {
      env: environmentOf(call),
      socketDir: scratch,
      signal: call.signal,
    });
    if (process) {
      const socket = path.join(scratch, 'relay');
      relay = await openRelay(socket, process.socket);
      return { reattach: reattachValue(installed.address, process, socket), close };
    }
  } catch {
    // As where it does not come up.
  }
  await close();
  return undefined;
}

function environmentOf(call: RootCall): Record<string, string> {
  return engineEnvironment({ target: call.target, parent: process.env, cliConfig: call.cliConfig, extra: call.env });
}

function reattachValue(address: string, { pid, protocolVersion }: ProviderProcess, socket: string): string {
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

async function isConfiguredOnce(dir: string): Promise<boolean> {
  const { provider = {} } = JSON.parse(await readFile(path.join(dir, 'main.tf.json'), 'utf8')) as {
    provider?: Record<string, unknown>;
  };
  return Object.values(provider).flat().length === 1;
}
