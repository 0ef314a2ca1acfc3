// Projects and their environments.
import type { FastifyInstance } from 'fastify';
import type { EnvironmentChange, EnvironmentCreate, ProjectCreate } from '../../schemas/generated/types.ts';
import { apiBody } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe, type EnvironmentParams, environmentPath, listOf } from './describe.ts';

const tag = 'Projects';

interface ProjectOptions {
  services: Pick<Services, 'projects' | 'environments'>;
  who: string;
}

export async function projectRoutes(app: FastifyInstance, { services, who }: ProjectOptions): Promise<void> {
  const { projects, environments } = services;
  app.get('/projects', { schema: describe({ summary: 'All projects', tag, answer: listOf(apiBody('Project')) }) }, () =>
    projects.list(),
  );
  app.post<{ Body: ProjectCreate }>(
    '/projects',
    {
      schema: describe({
        summary: 'Create a project',
        tag,
        body: apiBody('ProjectCreate'),
        answer: apiBody('Project'),
        status: 201,
      }),
    },
    async (request, reply) => reply.status(201).send(await projects.create(request.body.name, who)),
  );
  app.delete<{ Params: { project: string } }>(
    '/projects/:project',
    { schema: describe({ summary: 'Delete an empty project', tag, path: ['project'] }) },
    async (request, reply) => {
      await projects.remove(request.params.project, who);
      return reply.status(204).send();
    },
  );
  app.post<{ Params: { project: string }; Body: EnvironmentCreate }>(
    '/projects/:project/environments',
    {
      schema: describe({
        summary: 'Create an environment',
        tag,
        path: ['project'],
        body: apiBody('EnvironmentCreate'),
        answer: apiBody('EnvironmentSummary'),
        status: 201,
      }),
    },
    async (request, reply) =>
      reply.status(201).send(await environments.create(request.params.project, request.body, who)),
  );
  app.get<{ Params: EnvironmentParams }>(
    '/projects/:project/environments/:environment',
    {
      schema: describe({
        summary: 'One environment',
        tag,
        path: environmentPath,
        answer: apiBody('EnvironmentSummary'),
      }),
    },
    ({ params }) => environments.get(params.project, params.environment),
  );
  app.patch<{ Params: EnvironmentParams; Body: EnvironmentChange }>(
    '/projects/:project/environments/:environment',
    {
      schema: describe({
        summary: 'Change tags, protection or approval of an environment',
        tag,
        path: environmentPath,
        body: apiBody('EnvironmentChange'),
        answer: apiBody('EnvironmentSummary'),
      }),
    },
    ({ params, body }) => environments.change(params.project, params.environment, body, who),
  );
  app.delete<{ Params: EnvironmentParams }>(
    '/projects/:project/environments/:environment',
    { schema: describe({ summary: 'Delete an environment in which nothing is deployed', tag, path: environmentPath }) },
    async ({ params }, reply) => {
      await environments.remove(params.project, params.environment, who);
      return reply.status(204).send();
    },
  );
  app.get<{ Params: EnvironmentParams }>(
    '/projects/:project/environments/:environment/identity',
    {
      schema: describe({
        summary: 'Who the cloud says that we are, asked now',
        tag,
        path: environmentPath,
        answer: apiBody('CloudIdentity'),
      }),
    },
    ({ params }) => environments.identity(params.project, params.environment),
  );
  app.get<{ Params: EnvironmentParams }>(
    '/projects/:project/environments/:environment/audit',
    {
      schema: describe({
        summary: 'Who did what, the newest first',
        tag,
        path: environmentPath,
        answer: listOf(apiBody('AuditEntry')),
      }),
    },
    ({ params }) => environments.audit(params.project, params.environment),
  );
}
