// Stands before the emulator and hears what it denies. A denial that is listed as one that the emulator cannot judge goes through
// when the role's policies hold what AWS asks for; every other denial reaches the provider.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IamPolicyDocument, IamStatement } from '../../schemas/generated/types.ts';
import { ROOT_KEYS } from './emulator.mjs';

export interface EmulatorException {
  /** The action that the emulator asks for, and the action that AWS asks for where it is another. */
  asks: string;
  means?: string;
  /** What it asks on (`*` stands for anything) where that is not what AWS asks on: whoever may do the action then may do it there. */
  on?: string;
  type: string;
  reason: string;
}

interface Denial {
  action: string;
  resource: string;
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export type Gate = Awaited<ReturnType<typeof openGate>>;

/**
 * Opens a loopback port that passes everything on to `endpoint`, by TLS (the emulator speaks both on one port): the policies of our
 * buckets, queues and topics refuse anything else.
 */
export async function openGate(endpoint: string, exceptions: readonly EmulatorException[]) {
  const used = new Map<EmulatorException, string>();
  let denials: Denial[] = [];
  let statements: IamStatement[] = [];
  let spoilt = false;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await read(incoming);
    const { method = 'GET', url = '/' } = incoming;
    const headers = spoilt ? spoiled(incoming.headers) : incoming.headers;
    const first = await send(endpoint, { method, url, headers, body });
    const denial = denialIn(first);
    if (!denial) return reply(outgoing, first);
    const exception = exceptions.find(
      ({ asks, on }) => asks === denial.action && (!on || glob(on).test(denial.resource)),
    );
    const action = exception?.means ?? denial.action;
    if (exception && isHeld(statements, action, exception.on ? undefined : denial.resource)) {
      used.set(exception, denial.resource);
      return reply(outgoing, await send(endpoint, { method, url, headers: asRoot(headers), body }));
    }
    denials.push({ ...denial, action });
    reply(outgoing, { ...first, body: Buffer.from(String(first.body).replaceAll(denial.action, action)) });
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Exceptions that were needed, and on what last. */
    used,
    /** What the role's policies hold from now on. */
    knows(documents: readonly IamPolicyDocument[]): void {
      statements = documents.flatMap(({ Statement }) => Statement);
    },
    /** Makes every session's key one that the emulator does not know, but where it is asked who we are: revoked in the middle of a run. */
    spoilSessions(spoil: boolean): void {
      spoilt = spoil;
    },
    /** What was denied since the last time. */
    takeDenials(): Denial[] {
      const taken = denials;
      denials = [];
      return taken;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Whether a statement allows the action: on this resource and without a condition, where a resource is given. */
function isHeld(statements: readonly IamStatement[], action: string, resource?: string): boolean {
  return statements.some(
    ({ Action, Resource, Condition }) =>
      Action.includes(action) &&
      (!resource || (!Condition && Resource.some((pattern) => glob(pattern).test(resource)))),
  );
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

interface Call extends Omit<Answer, 'status'> {
  method: string;
  url: string;
}

function send(endpoint: string, { method, url, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const to = new URL(url, endpoint.replace(/^http:/, 'https:'));
    // The certificate of the emulator is its own.
    const call = request(to, { method, headers, rejectUnauthorized: false }, (response) => {
      read(response).then(
        (text) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: text }),
        reject,
      );
    });
    call.once('error', reject);
    call.end(body);
  });
}

function reply(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _, 'content-length': declared, ...rest } = headers;
  // An answer to HEAD tells the length of what it does not send.
  const length = body.length === 0 && declared !== undefined ? declared : body.length;
  outgoing.writeHead(status, { ...rest, 'content-length': length }).end(body);
}

function denialIn({ status, body }: Answer): Denial | undefined {
  if (status !== 403) return undefined;
  const [, action, resource] =
    /not authorized to perform: ([\w-]+:\w+) on resource: ([^\s"<\\]+)/.exec(String(body)) ?? [];
  return action && resource ? { action, resource } : undefined;
}

type Headers = IncomingMessage['headers'];

/** The emulator knows a caller by the access key alone. */
function withKey(headers: Headers, key: string): Headers {
  return { ...headers, authorization: (headers.authorization ?? '').replace(/Credential=[^/]+/, `Credential=${key}`) };
}

const asRoot = ({ 'x-amz-security-token': _, ...headers }: Headers) => withKey(headers, ROOT_KEYS.accessKeyId);

function spoiled(headers: Headers): Headers {
  const isSession = headers['x-amz-security-token'] !== undefined && !/\/sts\//.test(headers.authorization ?? '');
  return isSession ? withKey(headers, 'ASIAREVOKED000000000') : headers;
}

function glob(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
