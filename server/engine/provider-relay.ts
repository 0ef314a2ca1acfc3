// Stands between an engine and one provider process: hands every call through, byte for byte, and remembers two that cost seconds.
import { createHash } from 'node:crypto';
import * as http2 from 'node:http2';
import { createConnection, type Socket } from 'node:net';

/**
 * Calls whose answer depends on nothing but the process and what is asked. The second one makes the real provider look through its
 * more than a thousand resource types: 2 s of processor time, each time. The third leaves the process configured, once: a second time,
 * the AWS provider refuses AWS_CA_BUNDLE. Names of protocols 5 and 6.
 */
const REMEMBERED = new Set([
  '/tfplugin5.Provider/GetSchema',
  '/tfplugin5.Provider/PrepareProviderConfig',
  '/tfplugin5.Provider/Configure',
  '/tfplugin6.Provider/GetProviderSchema',
  '/tfplugin6.Provider/ValidateProviderConfig',
  '/tfplugin6.Provider/ConfigureProvider',
]);

/** The check of a provider's configuration, by protocol. Engines look at its diagnostics alone: an empty message has none. */
const CHECKS = new Set(['/tfplugin5.Provider/PrepareProviderConfig', '/tfplugin6.Provider/ValidateProviderConfig']);
const NOTHING_TO_SAY: Answer = {
  headers: { ':status': 200, 'content-type': 'application/grpc' },
  body: Buffer.alloc(5),
  trailers: { 'grpc-status': '0' },
};

/** A schema has more than ten megabytes. */
const WINDOW_BYTES = 32 << 20;
const OPTIONS = { settings: { initialWindowSize: WINDOW_BYTES }, maxSessionMemory: 512 } as const;

interface Answer {
  headers: http2.OutgoingHttpHeaders;
  body: Buffer;
  trailers: http2.OutgoingHttpHeaders;
}

export interface Relay {
  close(): void;
}

interface RelayOptions {
  /** How many engines are connected, each time that it changes. */
  onConnections?(count: number): void;
  /** The configuration is known to be good: its check is answered without the provider. */
  isChecked?: boolean;
}

/** Listens on the unix socket `at`, in a folder that only its owner can enter, and asks the provider at the unix socket `provider`. */
export async function openRelay(
  at: string,
  provider: string,
  { onConnections = () => {}, isChecked = false }: RelayOptions = {},
): Promise<Relay> {
  const upstream = http2.connect('http://provider', { ...OPTIONS, createConnection: () => createConnection(provider) });
  upstream.on('error', () => {});
  upstream.on('connect', () => upstream.destroyed || upstream.setLocalWindowSize(WINDOW_BYTES));
  const answers = new Map<string, Promise<Answer>>();
  const open = new Set<Socket>();
  const server = http2.createServer(OPTIONS);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    onConnections(open.size);
    socket.once('close', () => {
      open.delete(socket);
      onConnections(open.size);
    });
  });
  server.on('session', (session) => void session.on('error', () => {}));
  server.on('sessionError', () => {});
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const path = String(headers[':path']);
    if (isChecked && CHECKS.has(path)) answer(stream.resume(), NOTHING_TO_SAY);
    else if (REMEMBERED.has(path)) void answerOnce(upstream, answers, stream, headers);
    else handThrough(upstream, stream, headers);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, resolve);
  });
  return {
    close() {
      for (const socket of open) socket.destroy();
      server.close();
      upstream.destroy();
    },
  };
}

/** Headers that a stream of its own may have: what belongs to the connection stays behind. */
function passedOn(headers: http2.IncomingHttpHeaders): http2.OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== ':authority'));
}

function handThrough(
  upstream: http2.ClientHttp2Session,
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
): void {
  if (upstream.destroyed) return stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  const asked = upstream.request(passedOn(headers));
  let trailers: http2.OutgoingHttpHeaders = {};
  asked.on('trailers', (given: http2.IncomingHttpHeaders) => (trailers = passedOn(given)));
  asked.on('response', (given: http2.IncomingHttpHeaders, flags: number) => {
    if (stream.destroyed) return;
    if (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) return stream.respond(passedOn(given), { endStream: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.respond(passedOn(given), { waitForTrailers: true });
    asked.pipe(stream);
  });
  asked.on('error', () => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR));
  stream.on('aborted', () => asked.close(http2.constants.NGHTTP2_CANCEL));
  stream.pipe(asked);
}

async function answerOnce(
  upstream: http2.ClientHttp2Session,
  answers: Map<string, Promise<Answer>>,
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
): Promise<void> {
  try {
    const request = Buffer.concat(await stream.toArray());
    const key = `${String(headers[':path'])} ${createHash('sha256').update(request).digest('hex')}`;
    const known = answers.get(key) ?? ask(upstream, headers, request);
    answers.set(key, known);
    const given = await known;
    if (given.trailers['grpc-status'] !== '0') answers.delete(key);
    answer(stream, given);
  } catch {
    answers.clear();
    stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  }
}

function answer(stream: http2.ServerHttp2Stream, { headers, body, trailers }: Answer): void {
  if (stream.destroyed) return;
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.respond(headers, { waitForTrailers: true });
  stream.end(body);
}

function ask(upstream: http2.ClientHttp2Session, headers: http2.IncomingHttpHeaders, request: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = upstream.request(passedOn(headers));
    const chunks: Buffer[] = [];
    let given: http2.OutgoingHttpHeaders = {};
    let trailers: http2.OutgoingHttpHeaders = {};
    asked.on('response', (answered: http2.IncomingHttpHeaders) => (given = passedOn(answered)));
    asked.on('trailers', (last: http2.IncomingHttpHeaders) => (trailers = passedOn(last)));
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => resolve({ headers: given, body: Buffer.concat(chunks), trailers }));
    asked.on('error', reject);
    asked.end(request);
  });
}
