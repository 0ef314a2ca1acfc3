// Builds the HTTP application, without a port.
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { catalogRoutes } from './routes/catalog.ts';
import { answerErrors } from './routes/errors.ts';
import { eventRoutes } from './routes/events.ts';
import { graphRoutes } from './routes/graph.ts';
import { type Access, guard } from './routes/guards.ts';
import { insightRoutes } from './routes/insight.ts';
import { describeApi } from './routes/openapi.ts';
import { operationRoutes } from './routes/operations.ts';
import { servePage } from './routes/page.ts';
import { projectRoutes } from './routes/projects.ts';
import { environmentRunRoutes, runRoutes } from './routes/runs.ts';
import { sandboxRoutes } from './routes/sandbox.ts';
import { serverRoutes } from './routes/server.ts';
import { useSchemas } from './routes/validation.ts';
import type { Services } from './services/services.ts';
import { newId } from './store/new-id.ts';

export interface AppOptions {
  services: Services;
  access: Access;
  version: string;
  /** Who is written into the audit: the operating-system user, until there is a sign-in. */
  who: string;
  /** Folder of the built page. */
  webDir?: string;
  /** Least level that is written to the log, on standard error; absent: no log. */
  logLevel?: string;
}

const bodyLimit = 10 * 1024 * 1024;

export async function buildApp({
  services,
  access,
  version,
  who,
  webDir,
  logLevel,
}: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: logLevel === undefined ? false : { level: logLevel, stream: process.stderr, redact },
    bodyLimit,
    genReqId: newId,
    requestIdHeader: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  // A form of another site can send plain text without asking first, and no JSON.
  app.removeContentTypeParser('text/plain');
  useSchemas(app);
  answerErrors(app);
  guard(app, access);
  await app.register(helmet, security);
  await describeApi(app, version);
  const options = { services, access, who };
  await app.register(serverRoutes, { prefix: '/api', ...options });
  await app.register(catalogRoutes, { prefix: '/api', ...options });
  await app.register(projectRoutes, { prefix: '/api', ...options });
  await app.register(runRoutes, { prefix: '/api', ...options });
  const environment = '/api/projects/:project/environments/:environment';
  await app.register(graphRoutes, { prefix: environment, ...options });
  await app.register(operationRoutes, { prefix: environment, ...options });
  await app.register(insightRoutes, { prefix: environment, ...options });
  await app.register(environmentRunRoutes, { prefix: environment, ...options });
  await app.register(eventRoutes, { prefix: environment, ...options });
  await app.register(sandboxRoutes, { prefix: `${environment}/sandbox`, ...options });
  await servePage(app, webDir);
  return app;
}

/** Never written, wherever a log line names them. */
const redact = ['headers', 'body', 'token', 'password', 'secret', 'value', 'env'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/** Nothing but our own scripts runs; styles may be inline, because the canvas places boxes with them. */
const security = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' as const },
};
