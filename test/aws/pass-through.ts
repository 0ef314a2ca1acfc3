// A proxy before the emulator that can answer single actions itself: what the emulator cannot say, and what a busy cloud would.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked, as AWS's protocols word it. */
interface Asked {
  /** As it is signed for: `sqs`, `application-autoscaling`. */
  service: string;
  /** Such as `CreateQueue`; empty where the protocol has paths instead (S3, Lambda). */
  action: string;
}

export interface Answer {
  status: number;
  type: string;
  body: string;
}

export type Rule = (asked: Asked) => Answer | undefined | Promise<Answer | undefined>;

export type PassThrough = Awaited<ReturnType<typeof openPassThrough>>;

/** Listens on a free loopback port; `rule` answers what must not reach `target`. */
export async function openPassThrough(target: string, rule: Rule) {
  const server = createServer((incoming, outgoing) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', async () => {
      const body = Buffer.concat(pieces);
      const answer = await rule(askedBy(incoming, body));
      if (!answer) return forward(target, incoming, body, outgoing);
      outgoing.writeHead(answer.status, { 'content-type': answer.type });
      outgoing.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function askedBy({ headers }: IncomingMessage, body: Buffer): Asked {
  const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = String(headers['x-amz-target'] ?? '');
  const action = target.split('.').at(-1) || new URLSearchParams(body.toString('utf8')).get('Action') || '';
  return { service, action };
}

/** The host stays the proxy's own, so that addresses in answers lead back here. */
function forward(target: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  onward.end(body);
}
