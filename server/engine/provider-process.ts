// Starts a provider as the engine would, and reads where it listens.
import { spawn } from 'node:child_process';
import { createLineSplitter } from './line-splitter.ts';

/** What go-plugin wants to see before it serves: terraform's own `HandshakeConfig`, which OpenTofu kept. */
const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2' };
/**
 * The provider ends when its keeper's input does: whatever becomes of us. Plugins take no notice of gentler signals. The keeper lets go
 * of the output, whose end then means that the provider is gone.
 */
const KEEPER = '"$0" & provider=$!; exec >&-; cat >/dev/null; kill -9 $provider; wait';
/** A busy machine takes its time; the engine itself waits a minute. */
const START_MS = 120_000;

export interface ProviderProcess {
  protocolVersion: number;
  /** Path of its unix socket. */
  socket: string;
  /** Resolves when the provider is gone. */
  ended: Promise<void>;
  stop(): void;
}

/** A line of go-plugin's handshake: `core version|protocol version|network|address|protocol|certificate`. */
function readHandshake(line: string): { protocolVersion: number; socket: string } | undefined {
  const [core, version, network, address, protocol] = line.trim().split('|');
  const protocolVersion = Number(version);
  const isKnown = core === '1' && (protocolVersion === 5 || protocolVersion === 6) && protocol === 'grpc';
  return isKnown && network === 'unix' && address ? { protocolVersion, socket: address } : undefined;
}

/**
 * @param env the whole environment of the process
 * @param socketDir where it makes its socket: a folder that only its owner can enter, because nothing else guards it
 * @returns undefined where it does not come up, or speaks in another way than we do
 */
export function startProvider(
  program: string,
  { env, socketDir, signal }: { env: Record<string, string>; socketDir: string; signal: AbortSignal },
): Promise<ProviderProcess | undefined> {
  // In a session of its own: a terminal's interrupt would reach the keeper before it has ended the provider.
  const child = spawn('/bin/sh', ['-c', KEEPER, program], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...env, ...COOKIE, PLUGIN_UNIX_SOCKET_DIR: socketDir, TF_LOG: 'OFF' },
  });
  const stop = () => void child.stdin.end();
  child.stdin.on('error', () => {});
  const ended = new Promise<void>((resolve) => void child.stdout.once('end', resolve));
  return new Promise((resolve) => {
    const giveUp = () => {
      stop();
      settle(undefined);
    };
    const timer = setTimeout(giveUp, START_MS);
    signal.addEventListener('abort', giveUp, { once: true });
    const settle = (found: ProviderProcess | undefined) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      resolve(found);
    };
    let isRead = false;
    const lines = createLineSplitter((line) => {
      // What it says after the handshake is nobody's.
      if (isRead) return;
      isRead = true;
      const handshake = readHandshake(line);
      if (handshake) settle({ ...handshake, ended, stop });
      else giveUp();
    });
    child.stdout.on('data', lines.push);
    child.once('error', giveUp);
    void ended.then(giveUp);
  });
}
