import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { ApiError } from '../../schemas/generated/types.ts';
import { ApiFailure, Failure } from '../failure.ts';

/** The server's HTTP API; paths are below /api. */
export interface Api {
  address: string;
  get<T>(path: string): Promise<T>;
  text(path: string): Promise<string>;
  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** The answer as it comes, for streams. */
  open(path: string, options?: { headers?: Record<string, string>; signal?: AbortSignal }): Promise<Readable>;
}

/** A path of the API with its parts escaped: path`projects/${name}`. */
export function path(strings: TemplateStringsArray, ...parts: (string | number)[]): string {
  return strings.reduce((text, string, index) => `${text}${encodeURIComponent(String(parts[index - 1]))}${string}`);
}

async function failureOf(response: Response): Promise<Error> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as Partial<ApiError>;
    if (typeof body.message === 'string' && typeof body.code === 'string')
      return new ApiFailure(response.status, body as ApiError);
  } catch {
    // Not ours: said below.
  }
  return new Failure(
    2,
    `${response.url} answered ${response.status} with something that is no Plumbline error: ${text.slice(0, 200)}`,
    'Check that PLUMBLINE_SERVER is the address of a Plumbline server of this version.',
  );
}

function unreachable(address: string, error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return new Failure(
    2,
    `The server at ${address} cannot be reached: ${cause}.`,
    'Start it, or correct PLUMBLINE_SERVER.',
  );
}

/** A client of the server at an address such as http://127.0.0.1:4700. */
export function createApi(server: { address: string; token?: string | undefined }): Api {
  const address = server.address.replace(/\/+$/, '');
  async function call(method: string, where: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (server.token) headers.set('authorization', `Bearer ${server.token}`);
    let response: Response;
    try {
      response = await fetch(`${address}/api/${where}`, { ...init, method, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw unreachable(address, error);
    }
    if (!response.ok) throw await failureOf(response);
    return response;
  }
  return {
    address,
    get: async <T>(where: string) => (await (await call('GET', where, {})).json()) as T,
    text: async (where) => (await call('GET', where, {})).text(),
    send: async <T>(method: string, where: string, body?: unknown) => {
      const init =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const text = await (await call(method, where, init)).text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    open: async (where, options = {}) => {
      const { body } = await call('GET', where, options);
      return body ? Readable.fromWeb(body as NodeReadableStream) : Readable.from([]);
    },
  };
}
