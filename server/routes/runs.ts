// Runs: planned, approved, applied, cancelled, resumed.
import type { FastifyInstance } from 'fastify';
import type { EngineChoice, RunApprove, RunCreate } from '../../schemas/generated/types.ts';
import { apiBody, documentBody } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe, type EnvironmentParams, environmentPath, listOf } from './describe.ts';

const tag = 'Runs';

interface RunOptions {
  services: Pick<Services, 'runs'>;
  who: string;
}

export async function environmentRunRoutes(
  app: FastifyInstance,
  { services: { runs }, who }: RunOptions,
): Promise<void> {
  app.post<{ Params: EnvironmentParams; Body: RunCreate }>(
    '/runs',
    {
      schema: describe({
        summary: 'Start a run',
        tag,
        path: environmentPath,
        body: apiBody('RunCreate'),
        answer: documentBody('run'),
        status: 201,
      }),
    },
    async ({ params, body }, reply) =>
      reply.status(201).send(await runs.create(params.project, params.environment, body, who)),
  );
  app.get<{ Params: EnvironmentParams; Querystring: { node?: string } }>(
    '/runs',
    {
      schema: describe({
        summary: 'Runs, the newest first; of one node with what each did to it',
        tag,
        path: environmentPath,
        query: { node: documentBody('graph', 'Id') },
        answer: listOf(documentBody('event', 'RunHead')),
      }),
    },
    ({ params, query }) => runs.list(params.project, params.environment, query.node),
  );
  app.post<{ Params: EnvironmentParams; Body: EngineChoice }>(
    '/engine',
    {
      schema: describe({
        summary: "Switch to the other engine: the providers' addresses are rewritten in every state",
        tag,
        path: environmentPath,
        body: apiBody('EngineChoice'),
        answer: apiBody('EngineSwitched'),
      }),
    },
    ({ params, body }) => runs.switchEngine(params.project, params.environment, body.engine, who),
  );
}

export async function runRoutes(app: FastifyInstance, { services: { runs }, who }: RunOptions): Promise<void> {
  app.get<{ Params: { id: string } }>(
    '/runs/:id',
    {
      schema: describe({ summary: 'A run with its steps and phases', tag, path: ['id'], answer: documentBody('run') }),
    },
    ({ params }) => runs.get(params.id),
  );
  app.get<{ Params: { id: string }; Querystring: { after?: number; step?: string } }>(
    '/runs/:id/logs',
    {
      schema: describe({
        summary: 'Log lines, the oldest first',
        tag,
        path: ['id'],
        query: { after: { type: 'integer', minimum: 0 }, step: { type: 'string' } },
        answer: listOf(documentBody('event', 'LogLine')),
      }),
    },
    ({ params, query }) => runs.logs(params.id, query),
  );
  app.post<{ Params: { id: string }; Body: RunApprove | undefined }>(
    '/runs/:id/approve',
    {
      schema: describe({
        summary: 'Say yes to the change set',
        tag,
        path: ['id'],
        body: apiBody('RunApprove'),
        answer: documentBody('run'),
      }),
    },
    ({ params, body }) => runs.approve(params.id, body ?? {}, who),
  );
  for (const verb of ['cancel', 'resume'] as const) {
    const summary = verb === 'cancel' ? 'Stop a run' : 'Go on with a run that failed or stopped';
    app.post<{ Params: { id: string } }>(
      `/runs/:id/${verb}`,
      { schema: describe({ summary, tag, path: ['id'], answer: documentBody('run') }) },
      ({ params }) => runs[verb](params.id, who),
    );
  }
}
