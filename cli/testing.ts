import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from './main.ts';
import type { Terminal } from './terminal.ts';

export interface FakeCall {
  method: string;
  path: string;
  body: unknown;
  authorization: string | undefined;
}

/** Answers one call; undefined = 404. A string is sent as it is, anything else as JSON. */
export type FakeAnswer = (call: FakeCall, response: ServerResponse) => unknown;

export interface FakeServer {
  address: string;
  calls: FakeCall[];
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text === '' ? undefined : JSON.parse(text);
}

/** A stand-in for the HTTP API: routes by `METHOD path` below /api, without the query. */
export async function startFakeServer(routes: Record<string, FakeAnswer>): Promise<FakeServer> {
  const calls: FakeCall[] = [];
  const server = createServer(async (request, response) => {
    const call: FakeCall = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/^\/api\//, ''),
      body: await readBody(request),
      authorization: request.headers.authorization,
    };
    calls.push(call);
    const route = routes[`${call.method} ${call.path.split('?')[0]}`];
    const answer = await route?.(call, response);
    if (response.headersSent) return;
    if (answer === undefined) return fakeError(response, 404, { code: 'not-found', message: `No ${call.path}.` });
    response.setHeader('content-type', typeof answer === 'string' ? 'text/plain' : 'application/json');
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { address: `http://127.0.0.1:${port}`, calls, close };
}

/** Answers with an error of the API. */
export function fakeError(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ requestId: 'request-1', ...body }));
}

/** Answers with server-sent events; each is sent as it is given. */
export function fakeEvents(response: ServerResponse, events: { id: number }[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': hello\n\n');
  for (const event of events) response.write(`id: ${event.id}\nevent: plumbline\ndata: ${JSON.stringify(event)}\n\n`);
}

export interface FakeTerminal extends Terminal {
  output: string[];
  errors: string[];
  questions: string[];
  interrupt(): void;
}

/** A terminal that keeps what is written; with answers, a person sits there. */
export function fakeTerminal(answers?: string[]): FakeTerminal {
  const left = [...(answers ?? [])];
  const listeners = new Set<() => void>();
  const terminal: FakeTerminal = {
    interactive: answers !== undefined,
    color: false,
    output: [],
    errors: [],
    questions: [],
    out: (line) => terminal.output.push(line),
    err: (line) => terminal.errors.push(line),
    live: () => undefined,
    ask: async (question) => {
      terminal.questions.push(question);
      return left.shift();
    },
    onInterrupt: (callback) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    interrupt: () => {
      for (const listener of listeners) listener();
    },
  };
  return terminal;
}

/** Runs a command line against a fake server and gives back what a person would see. */
export async function runCommand(
  args: string[],
  options: { server?: FakeServer; env?: NodeJS.ProcessEnv; terminal?: FakeTerminal } = {},
) {
  const terminal = options.terminal ?? fakeTerminal();
  const env = { ...options.env, ...(options.server ? { PLUMBLINE_SERVER: options.server.address } : {}) };
  const exitCode = await run(args, env, terminal);
  return {
    exitCode,
    output: terminal.output.join('\n'),
    errors: terminal.errors.join('\n'),
    questions: terminal.questions,
  };
}
