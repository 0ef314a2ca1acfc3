// Hosts the embedded cloud on a unix socket inside this process.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import type { Http2Server } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDER_REGISTRY } from '../../schemas/rules/engines.ts';
import type { RemovedObject, Sandbox, SandboxOptions } from './contract.ts';
import { Provider } from './provider/provider.ts';
import { holdSentinel, releaseSentinel, sentinelPid } from './sentinel.ts';
import { grpcServer } from './wire/grpc.ts';

export const PROVIDER_SERVICE = 'tfplugin5.Provider';
/** The kernel's limit is 107; some systems have less. */
const MAX_SOCKET_PATH_BYTES = 100;

/** Starts the cloud of one environment. Nothing is downloaded and no network is used. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const provider = new Provider(options);
  const socket = socketPath(options.socketDir);
  const server = grpcServer({
    service: PROVIDER_SERVICE,
    openSession: () => provider.openSession(),
    call: (method, body, slot) => provider.call(method, body, slot),
  });
  await listen(server, socket);
  holdSentinel();
  let open = true;
  return {
    reattach: (engine) => reattachValue(PROVIDER_REGISTRY[engine], socket),
    serve: (types) => provider.serve(types),
    sweep: (owner, keep) => sweep(options, owner, keep),
    close: async () => {
      if (!open) return;
      open = false;
      releaseSentinel();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(socket, { force: true });
    },
  };
}

/** Listens on a unix socket that only this user may use. */
export function listen(server: Http2Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      chmodSync(socket, 0o600);
      resolve();
    });
  });
}

function socketPath(folder: string): string {
  const name = `plumbline-${randomBytes(6).toString('hex')}.sock`;
  const wanted = join(folder, name);
  const fits = Buffer.byteLength(wanted) <= MAX_SOCKET_PATH_BYTES;
  if (fits) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return fits ? wanted : join(tmpdir(), name);
}

function reattachValue(registry: string, socket: string): string {
  const address = { Network: 'unix', String: socket };
  // Test: Terraform must neither stop nor kill the server at the end of a run.
  const server = { Protocol: 'grpc', ProtocolVersion: 5, Pid: sentinelPid(), Test: true, Addr: address };
  return JSON.stringify({ [`${registry}/hashicorp/aws`]: server });
}

async function sweep(
  { store }: SandboxOptions,
  owner: string,
  keep: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<RemovedObject[]> {
  const removed: RemovedObject[] = [];
  if (owner === '') return removed;
  for (const object of await store.list()) {
    const id = String(object.attributes.id ?? object.id);
    if (object.owner !== owner || keep.get(object.type)?.has(id)) continue;
    if (await store.remove(object.type, object.id)) removed.push({ type: object.type, id });
  }
  return removed;
}
