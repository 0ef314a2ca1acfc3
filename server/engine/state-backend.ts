// Terraform's HTTP backend protocol on a loopback port of its own.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StatePort, StateScope } from './state-port.ts';
import { type Grant, handleState, type StateAnswer } from './state-requests.ts';

export type { StateLock, StatePort, StateScope } from './state-port.ts';

export interface StateCredentials {
  /** TF_HTTP_*: for the engine's environment. */
  env: Record<string, string>;
  revoke(): void;
}

export interface StateBackend {
  credentials(scope: StateScope & { run: string }): StateCredentials;
  close(): Promise<void>;
}

interface Credential extends Grant {
  digest: Buffer;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The user names the credential, so that only one secret has to be compared; its digest is, in constant time. */
function findCredential(known: ReadonlyMap<string, Credential>, request: IncomingMessage): Grant | undefined {
  const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return undefined;
  const [user = '', password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const credential = known.get(user);
  return credential && timingSafeEqual(credential.digest, sha256(password)) ? credential : undefined;
}

function pathOf({ environment, node }: StateScope): string {
  return `/${encodeURIComponent(environment)}/${encodeURIComponent(node)}`;
}

function answer(response: ServerResponse, status: number, body?: Buffer | string, headers = {}): void {
  response.writeHead(status, { 'content-length': body === undefined ? 0 : Buffer.byteLength(body), ...headers });
  response.end(body);
}

function refused(error: unknown): StateAnswer {
  return { status: 500, body: error instanceof Error ? error.message : 'the store could not answer' };
}

function credentialEnv(address: string, user: string, password: string): Record<string, string> {
  return {
    TF_HTTP_ADDRESS: address,
    TF_HTTP_LOCK_ADDRESS: address,
    TF_HTTP_UNLOCK_ADDRESS: address,
    TF_HTTP_LOCK_METHOD: 'LOCK',
    TF_HTTP_UNLOCK_METHOD: 'UNLOCK',
    TF_HTTP_UPDATE_METHOD: 'POST',
    TF_HTTP_USERNAME: user,
    TF_HTTP_PASSWORD: password,
  };
}

/** Listens on 127.0.0.1 with an ephemeral port. Each credential is good for one environment, node and run, until it is revoked. */
export async function createStateBackend({ states }: { states: StatePort }): Promise<StateBackend> {
  const known = new Map<string, Credential>();
  const server = createServer((request, response) => {
    const grant = findCredential(known, request);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (!grant) return answer(response, 401, 'unknown credentials', { connection: 'close' });
    if (path !== pathOf(grant.scope))
      return answer(response, 403, 'not the state of this run', { connection: 'close' });
    void handleState(states, grant, request)
      .catch(refused)
      .then(({ status, body, headers }) =>
        answer(response, status, body, { ...headers, ...(request.complete ? {} : { connection: 'close' }) }),
      );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    credentials({ environment, node, run }) {
      const [user, password] = [randomBytes(8).toString('hex'), randomBytes(32).toString('base64url')];
      const scope = { environment, node };
      known.set(user, { scope, run, digest: sha256(password), lockId: undefined });
      const address = `http://127.0.0.1:${port}${pathOf(scope)}`;
      return { env: credentialEnv(address, user, password), revoke: () => void known.delete(user) };
    },
    close() {
      known.clear();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
