// The built page: assets that never change are kept for long, everything else is asked for again, and unknown paths are the page's own.
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PlumblineError } from '../errors.ts';
import { sendError } from './errors.ts';

/** @param folder the built page; absent: the API alone is served. */
export async function servePage(app: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder !== undefined) {
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isForever = /[\\/]assets[\\/]/.test(path);
        reply.setHeader('cache-control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const isPage = request.method === 'GET' && !path.startsWith('/api/') && !/\.\w+$/.test(path);
    if (folder !== undefined && isPage) return reply.sendFile('index.html');
    return sendError(
      request,
      reply,
      new PlumblineError('unknown-route', { got: `${request.method} ${path.slice(0, 200)}` }),
    );
  });
}
