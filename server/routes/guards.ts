// Who may ask at all: loopback is no authentication, so host and origin are judged on every request, and a token where there is one.
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fail } from '../errors.ts';

export interface Access {
  /** The token that is asked for; absent: none is. */
  token?: string;
  /** Another token that is taken as well: the one that the user of the machine finds in server.json. */
  localToken?: string;
  /** Whether the server can be reached from beyond loopback. */
  isPublic: boolean;
  /** Host names that it answers for, beside those of loopback. */
  hosts?: readonly string[];
}

export const tokenCookie = 'plumbline_token';

/** What may be asked without a token. */
const open = new Set(['/api/health', '/api/ready', '/api/session']);

export function guard(app: FastifyInstance, access: Access): void {
  app.addHook('onRequest', async (request) => {
    requireHost(request, access);
    const path = askedRoute(request);
    requireOrigin(request, path);
    if (access.token !== undefined && isApi(path) && !open.has(path) && !hasToken(request, access)) {
      fail('not-authenticated', { got: request.headers.authorization ? 'another token' : 'no token' });
    }
  });
}

/** The route that answers, as it was registered: the address itself may spell it in other ways (`/%61pi`). */
function askedRoute(request: FastifyRequest): string {
  return request.routeOptions.url ?? request.url.split('?', 1)[0] ?? '';
}

const isApi = (path: string) => path === '/api' || path.startsWith('/api/');

/** A page of another site that points its own name at us (DNS rebinding) sends that name. */
function requireHost(request: FastifyRequest, { isPublic, hosts = [] }: Access): void {
  const name = hostName(request.headers.host ?? '');
  const isLoopback = name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
  if (isLoopback || hosts.includes(name)) return;
  if (isPublic && isIP(name.replace(/^\[|\]$/g, '')) > 0) return;
  fail('wrong-host', { got: name.slice(0, 100), expected: ['127.0.0.1', 'localhost', ...hosts].join(', ') });
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/** Browsers say where a request comes from; other programs send neither header. */
function requireOrigin(request: FastifyRequest, path: string): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && originHost(origin) !== host?.toLowerCase())
    fail('wrong-origin', { got: origin.slice(0, 100), expected: String(host) });
  if (isApi(path) && site !== undefined && site !== 'same-origin' && site !== 'none')
    fail('wrong-origin', { got: String(site), expected: 'same-origin' });
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function hasToken(request: FastifyRequest, access: Access): boolean {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const cookie = readCookie(request.headers.cookie ?? '');
  return [bearer, cookie].some((given) => given !== undefined && isToken(given, access));
}

/** Whether a text is one of the tokens; takes the same time for every wrong one. */
export function isToken(given: string, { token, localToken }: Access): boolean {
  return [token, localToken].some((known) => known !== undefined && timingSafeEqual(digest(given), digest(known)));
}

function readCookie(header: string): string | undefined {
  const entry = header.split(/; */).find((part) => part.startsWith(`${tokenCookie}=`));
  try {
    return entry && decodeURIComponent(entry.slice(tokenCookie.length + 1));
  } catch {
    return undefined;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
