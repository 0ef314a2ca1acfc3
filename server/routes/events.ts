// Server-sent events of an environment, replayed from the id that the reader saw last.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { PlumblineEvent, Presence } from '../../schemas/generated/types.ts';
import { apiBody } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe, type EnvironmentParams, environmentPath } from './describe.ts';

const tag = 'Events';

const presenceLimit = 128 * 1024;

/** How often a silent stream says that it lives. */
const heartbeatMs = 15_000;

export async function eventRoutes(
  app: FastifyInstance,
  { services }: { services: Pick<Services, 'events'> },
): Promise<void> {
  const open = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const stream of open) stream.abort();
  });
  app.post<{ Params: EnvironmentParams; Body: Presence }>(
    '/presence',
    {
      bodyLimit: presenceLimit,
      // It comes many times a second, and says nothing of what was done.
      logLevel: 'warn',
      schema: describe({
        summary: 'Tell the other pages where one is on the canvas; told on at most ten times a second',
        tag,
        path: environmentPath,
        body: apiBody('Presence'),
      }),
    },
    async ({ params, body }, reply) => {
      await services.events.putPresence(params.project, params.environment, body);
      return reply.status(204).send();
    },
  );
  app.get<{ Params: EnvironmentParams; Querystring: { after?: number; client?: string } }>(
    '/events',
    {
      schema: {
        ...describe({
          summary: 'Events as they happen, and where other people are (text/event-stream)',
          tag,
          path: environmentPath,
          query: {
            after: { type: 'integer', minimum: 0, description: 'Id of the last event that the reader has.' },
            client: {
              type: 'string',
              pattern: '^[A-Za-z0-9_-]{8,40}$',
              description: 'The page that reads: it is there while it does, and does not hear of itself.',
            },
          },
        }),
        response: {},
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const stream = new AbortController();
      const news = await services.events.open(
        params.project,
        params.environment,
        { after: lastSeen(request.headers['last-event-id']) ?? query.after, client: query.client },
        stream.signal,
      );
      reply.hijack();
      open.add(stream);
      const { raw } = reply;
      raw.once('close', () => stream.abort());
      raw.writeHead(200, {
        ...headersOf(reply.getHeaders()),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      raw.write('retry: 2000\n\n');
      const heartbeat = setInterval(() => {
        if (!raw.writableNeedDrain) raw.write(': still here\n\n');
      }, heartbeatMs);
      try {
        for await (const { events: happened, presence } of news)
          await write(raw, [...happened.map(eventFrame), ...presence.map(presenceFrame)].join(''), stream.signal);
      } catch (error) {
        if (!stream.signal.aborted) request.log.error({ err: error }, 'event stream');
      } finally {
        clearInterval(heartbeat);
        open.delete(stream);
        raw.end();
      }
    },
  );
}

function eventFrame(event: PlumblineEvent): string {
  return `id: ${event.id}\nevent: plumbline\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Has no id: it is not replayed. */
function presenceFrame(presence: Presence): string {
  return `event: presence\ndata: ${JSON.stringify(presence)}\n\n`;
}

/** A slow reader is waited for: nothing more is read for it meanwhile. */
async function write(raw: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (!raw.write(text)) await once(raw, 'drain', { signal });
}

function lastSeen(header: string | string[] | undefined): number | undefined {
  const id = Number(header);
  return header !== undefined && header !== '' && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}

function headersOf(
  headers: Record<string, number | string | string[] | undefined>,
): Record<string, number | string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
