// The embedded cloud of an environment.
import type { FastifyInstance } from 'fastify';
import type { SandboxFaultCreate } from '../../schemas/generated/types.ts';
import { apiBody } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe, type EnvironmentParams, environmentPath, listOf } from './describe.ts';

const tag = 'Sandbox';

interface SandboxOptions {
  services: Pick<Services, 'sandboxes'>;
  who: string;
}

export async function sandboxRoutes(
  app: FastifyInstance,
  { services: { sandboxes }, who }: SandboxOptions,
): Promise<void> {
  const one = { query: { type: { type: 'string' }, id: { type: 'string' } }, need: ['type', 'id'] };
  app.get<{ Params: EnvironmentParams }>(
    '/objects',
    {
      schema: describe({
        summary: 'All objects, without attributes',
        tag,
        path: environmentPath,
        answer: listOf(apiBody('SandboxObject')),
      }),
    },
    ({ params }) => sandboxes.objects(params.project, params.environment),
  );
  app.get<{ Params: EnvironmentParams; Querystring: { type: string; id: string } }>(
    '/object',
    {
      schema: describe({ summary: 'One object', tag, path: environmentPath, ...one, answer: apiBody('SandboxObject') }),
    },
    ({ params, query }) => sandboxes.object(params.project, params.environment, query.type, query.id),
  );
  app.delete<{ Params: EnvironmentParams; Querystring: { type: string; id: string } }>(
    '/object',
    { schema: describe({ summary: "Delete an object behind Terraform's back", tag, path: environmentPath, ...one }) },
    async ({ params, query }, reply) => {
      await sandboxes.removeObject(params.project, params.environment, query.type, query.id, who);
      return reply.status(204).send();
    },
  );
  app.get<{ Params: EnvironmentParams }>(
    '/faults',
    {
      schema: describe({
        summary: 'Failures that were ordered',
        tag,
        path: environmentPath,
        answer: listOf(apiBody('SandboxFault')),
      }),
    },
    ({ params }) => sandboxes.faults(params.project, params.environment),
  );
  app.post<{ Params: EnvironmentParams; Body: SandboxFaultCreate }>(
    '/faults',
    {
      schema: describe({
        summary: 'Order a failure',
        tag,
        path: environmentPath,
        body: apiBody('SandboxFaultCreate'),
        answer: apiBody('SandboxFault'),
        status: 201,
      }),
    },
    async ({ params, body }, reply) =>
      reply.status(201).send(await sandboxes.addFault(params.project, params.environment, body, who)),
  );
  app.delete<{ Params: EnvironmentParams & { id: string } }>(
    '/faults/:id',
    { schema: describe({ summary: 'Take a failure back', tag, path: [...environmentPath, 'id'] }) },
    async ({ params }, reply) => {
      await sandboxes.removeFault(params.project, params.environment, params.id, who);
      return reply.status(204).send();
    },
  );
}
