// What an environment's lines and nodes mean: artifacts, policies, connections, compiled roots.
import type { FastifyInstance } from 'fastify';
import { apiBody, documentBody } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe, type EnvironmentParams, environmentPath, listOf } from './describe.ts';

const tag = 'Insight';

interface InsightOptions {
  services: Pick<Services, 'artifacts' | 'policies' | 'deployPermissions' | 'connections' | 'runs'>;
}

export async function insightRoutes(app: FastifyInstance, { services }: InsightOptions): Promise<void> {
  const { artifacts, policies, deployPermissions, connections, runs } = services;
  app.get<{ Params: EnvironmentParams; Querystring: { node?: string } }>(
    '/artifacts',
    {
      schema: describe({
        summary: 'Published artifacts, redacted',
        tag,
        path: environmentPath,
        query: { node: { type: 'string' } },
        answer: listOf(documentBody('artifact')),
      }),
    },
    ({ params, query }) => artifacts.list(params.project, params.environment, query.node),
  );
  app.get<{ Params: EnvironmentParams & { node: string } }>(
    '/policies/:node',
    {
      schema: describe({
        summary: 'The effective policy of a node',
        tag,
        path: [...environmentPath, 'node'],
        answer: apiBody('EffectivePolicy'),
      }),
    },
    ({ params }) => policies.get(params.project, params.environment, params.node),
  );
  app.get<{ Params: EnvironmentParams & { node: string } }>(
    '/outputs/:node',
    {
      schema: describe({
        summary: 'What a node will publish, as far as its settings alone say it',
        tag,
        path: [...environmentPath, 'node'],
        answer: apiBody('DeclaredOutputs'),
      }),
    },
    ({ params }) => runs.declared(params.project, params.environment, params.node),
  );
  app.get<{ Params: EnvironmentParams }>(
    '/permissions',
    {
      schema: describe({
        summary: 'The least policies of the role that deploys the environment',
        tag,
        path: environmentPath,
        answer: apiBody('DeployPermissions'),
      }),
    },
    ({ params }) => deployPermissions.get(params.project, params.environment),
  );
  app.get<{ Params: EnvironmentParams & { id: string } }>(
    '/connections/:id',
    {
      schema: describe({
        summary: 'All that a connection means',
        tag,
        path: [...environmentPath, 'id'],
        answer: apiBody('ConnectionDetail'),
      }),
    },
    ({ params }) => connections.get(params.project, params.environment, params.id),
  );
  app.get<{ Params: EnvironmentParams }>(
    '/synth',
    {
      schema: describe({
        summary: 'The Terraform roots as files',
        tag,
        path: environmentPath,
        answer: apiBody('SynthOutput'),
      }),
    },
    ({ params }) => runs.synth(params.project, params.environment),
  );
}
