// gRPC over node:http2: frames in, frames out, one session object per connection.
import * as http2 from 'node:http2';

export interface Tls {
  key: string;
  cert: string;
  /** The one client certificate that is let in, PEM. */
  clientCert: string;
}

export interface GrpcOptions<Session> {
  /** Service that `call` answers, such as `tfplugin5.Provider`. */
  service: string;
  /** Called once per connection: what one Terraform provider instance configures must not reach another. */
  openSession: () => Session;
  /** @returns undefined when the method does not exist */
  call: (method: string, body: Buffer, session: Session) => Promise<Buffer> | undefined;
  tls?: Tls;
  onShutdown?: () => void;
  /** Called when the last connection has closed. */
  onIdle?: () => void;
}

const UNIMPLEMENTED = 12;
const INTERNAL = 13;
const FRAME_HEADER_BYTES = 5;
const SERVING = Buffer.from([8, 1]);
const CONTENT = { ':status': 200, 'content-type': 'application/grpc' } as const;
/** Streams that every go-plugin client opens and never uses. */
const SILENT_STREAMS = ['/plugin.GRPCStdio/StreamStdio', '/plugin.GRPCBroker/StartStream'];

/** A gRPC server that is not listening yet. `close` of the result ends open connections too. */
export function grpcServer<Session>(options: GrpcOptions<Session>): http2.Http2Server {
  const server = createServer(options.tls);
  const open = new Set<http2.ServerHttp2Session>();
  const sessions = new WeakMap<object, Session>();
  const sessionOf = (connection: object): Session => {
    const session = sessions.get(connection) ?? options.openSession();
    sessions.set(connection, session);
    return session;
  };
  server.on('session', (connection) => {
    open.add(connection);
    connection.on('error', () => {});
    connection.on('close', () => {
      open.delete(connection);
      if (open.size === 0) options.onIdle?.();
    });
  });
  server.on('sessionError', () => {});
  server.on('stream', (stream, headers) => answer(stream, String(headers[':path']), options, sessionOf));
  const close = server.close.bind(server);
  server.close = (done) => {
    for (const connection of open) connection.destroy();
    return close(done);
  };
  return server;
}

function createServer(tls: Tls | undefined): http2.Http2Server {
  const settings = { initialWindowSize: 4 << 20 };
  if (!tls) return http2.createServer({ settings });
  return http2.createSecureServer({
    settings,
    key: tls.key,
    cert: tls.cert,
    ca: [tls.clientCert],
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['h2'],
  }) as unknown as http2.Http2Server;
}

function answer<Session>(
  stream: http2.ServerHttp2Stream,
  path: string,
  options: GrpcOptions<Session>,
  sessionOf: (connection: object) => Session,
): void {
  stream.on('error', () => {});
  if (SILENT_STREAMS.includes(path)) {
    stream.respond(CONTENT);
    return;
  }
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    const body = Buffer.concat(chunks).subarray(FRAME_HEADER_BYTES);
    const connection = stream.session ?? stream;
    Promise.resolve(dispatch(path, body, options, () => sessionOf(connection)))
      .then((reply) => (reply ? respond(stream, reply) : refuse(stream, UNIMPLEMENTED, `unknown method ${path}`)))
      .catch(() => refuse(stream, INTERNAL, `${path} failed inside the sandbox`));
  });
}

function dispatch<Session>(
  path: string,
  body: Buffer,
  options: GrpcOptions<Session>,
  session: () => Session,
): Promise<Buffer> | Buffer | undefined {
  const service = `/${options.service}/`;
  if (path.startsWith(service)) return options.call(path.slice(service.length), body, session());
  if (path === '/grpc.health.v1.Health/Check') return SERVING;
  if (path !== '/plugin.GRPCController/Shutdown') return undefined;
  options.onShutdown?.();
  return Buffer.alloc(0);
}

function respond(stream: http2.ServerHttp2Stream, reply: Buffer): void {
  if (stream.destroyed) return;
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32BE(reply.length, 1);
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.respond(CONTENT, { waitForTrailers: true });
  stream.end(Buffer.concat([header, reply]));
}

function refuse(stream: http2.ServerHttp2Stream, status: number, message: string): void {
  if (stream.destroyed) return;
  const trailers = { 'grpc-status': String(status), 'grpc-message': encodeURIComponent(message) };
  stream.respond({ ...CONTENT, ...trailers }, { endStream: true });
}
