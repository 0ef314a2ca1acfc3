// The server itself: health, readiness, the session of a page, backups.
import type { FastifyInstance } from 'fastify';
import { fail } from '../errors.ts';
import { apiBody, type JsonSchema } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe } from './describe.ts';
import { type Access, isToken, tokenCookie } from './guards.ts';

interface ServerOptions {
  services: Pick<Services, 'health' | 'backups'>;
  access: Access;
}

const tag = 'Server';
const status: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['status'],
  properties: { status: { const: 'ready' } },
};
const session: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['token'],
  properties: { token: { type: 'string', maxLength: 1000 } },
};

export async function serverRoutes(app: FastifyInstance, { services, access }: ServerOptions): Promise<void> {
  const { health, backups } = services;
  app.get(
    '/health',
    { schema: describe({ summary: 'Whether the server can do its work', tag, answer: apiBody('Health') }) },
    () => health.get(),
  );
  app.get('/ready', { schema: describe({ summary: 'Whether the server answers', tag, answer: status }) }, async () => {
    await health.ready();
    return { status: 'ready' };
  });
  app.post<{ Body: { token: string } }>(
    '/session',
    { schema: describe({ summary: 'Remember the access token in a cookie', tag, body: session }) },
    async (request, reply) => {
      if (!isToken(request.body.token, access)) fail('not-authenticated', { got: 'another token' });
      const value = encodeURIComponent(request.body.token);
      reply.header('set-cookie', `${tokenCookie}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000`);
      return reply.status(204).send();
    },
  );
  app.get(
    '/backup',
    { schema: { ...describe({ summary: 'The whole database as one file', tag }), response: {} } },
    async (_request, reply) => {
      const backup = await backups.create();
      reply.header('content-type', 'application/octet-stream').header('content-length', backup.bytes);
      reply.header('content-disposition', `attachment; filename="${backup.name}"`);
      return reply.send(backup.content);
    },
  );
}
