// The sandbox as a provider executable that Terraform starts itself, for running `plumbline synth` output by hand.
import { randomBytes } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderStore } from './folder-store.ts';
import { Provider } from './provider/provider.ts';
import { models } from './services/index.ts';
import { listen, PROVIDER_SERVICE } from './start-sandbox.ts';
import { selfSigned } from './wire/certificate.ts';
import { grpcServer } from './wire/grpc.ts';

/** Published by go-plugin users so that nobody starts a plugin by accident; no secret. */
const MAGIC_COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';
const HANDSHAKE_VERSIONS = '1|5';
const IDLE_EXIT_MS = 3_000;

/**
 * Speaks the plugin handshake on standard output and serves until Terraform lets go.
 *
 * Environment: `PLUMBLINE_SANDBOX_FOLDER` (where the objects live), `PLUMBLINE_SANDBOX_TYPES` (resource types beyond
 * the modelled ones, comma-separated), `PLUMBLINE_SANDBOX_ACCOUNT` (12 digits).
 */
export async function runExecutable(env: NodeJS.ProcessEnv): Promise<void> {
  const { PLUGIN_CLIENT_CERT: clientCert, PLUMBLINE_SANDBOX_TYPES: types = '' } = env;
  const provider = new Provider({
    account: env.PLUMBLINE_SANDBOX_ACCOUNT ?? '000000000000',
    region: env.AWS_REGION ?? 'us-east-1',
    store: folderStore(env.PLUMBLINE_SANDBOX_FOLDER ?? join(homedir(), '.plumbline', 'sandbox')),
    faults: async () => [],
    resourceTypes: [...Object.keys(models), ...types.split(',').filter((type) => type !== '')],
  });
  const own = clientCert ? selfSigned() : undefined;
  const server = grpcServer({
    service: PROVIDER_SERVICE,
    openSession: () => provider.openSession(),
    call: (method, body, slot) => provider.call(method, body, slot),
    tls: own && clientCert ? { key: own.key, cert: own.cert, clientCert } : undefined,
    // Terraform waits two seconds for the end and then kills.
    onShutdown: () => setTimeout(() => process.exit(0), 5),
    // A Terraform that was killed says no goodbye.
    onIdle: () => setTimeout(() => process.exit(0), IDLE_EXIT_MS).unref(),
  });
  // Ctrl-C reaches the whole process group, but when to stop is Terraform's decision.
  process.on('SIGINT', () => {});
  const socket = join(env.PLUGIN_UNIX_SOCKET_DIR || tmpdir(), `plumbline-${randomBytes(6).toString('hex')}.sock`);
  process.on('exit', () => rmSync(socket, { force: true }));
  await listen(server, socket);
  const certificate = own?.der.toString('base64').replace(/=+$/, '') ?? '';
  process.stdout.write(`${HANDSHAKE_VERSIONS}|unix|${socket}|grpc|${certificate}\n`);
}

function isMain(): boolean {
  const [, started] = process.argv;
  return started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url);
}

if (isMain()) {
  if (process.env.TF_PLUGIN_MAGIC_COOKIE === MAGIC_COOKIE) await runExecutable(process.env);
  else {
    process.stderr.write(
      'This is a Terraform provider; got started by hand, expected Terraform to start it. See the README.\n',
    );
    process.exitCode = 1;
  }
}
