// The graph of an environment, its layout and its text.
import type { FastifyInstance } from 'fastify';
import type { GraphSave, Layout } from '../../schemas/generated/types.ts';
import { apiBody, documentBody, type JsonSchema } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe, type EnvironmentParams, environmentPath } from './describe.ts';

const tag = 'Graph';

const revision: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['revision', 'graph'],
  properties: { revision: { type: 'integer' }, graph: documentBody('graph') },
};

/** A save whose graph is judged by the use case, which tells every issue at once instead of the first. */
const graphSave: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['base', 'mode'],
  properties: {
    base: { type: 'integer', minimum: 0, description: 'The revision that this edit was made on; 0 = the first.' },
    mode: { enum: ['draft', 'strict'] },
    graph: { type: 'object', description: 'A graph document.' },
    text: { type: 'string', description: "Instead of graph: the file's text." },
    layout: documentBody('layout'),
  },
};

interface GraphOptions {
  services: Pick<Services, 'graphs' | 'environmentStates'>;
  who: string;
}

export async function graphRoutes(app: FastifyInstance, { services, who }: GraphOptions): Promise<void> {
  const { graphs, environmentStates } = services;
  app.get<{ Params: EnvironmentParams }>(
    '/state',
    {
      schema: describe({
        summary: 'Everything that a page needs',
        tag,
        path: environmentPath,
        answer: apiBody('EnvironmentState'),
      }),
    },
    ({ params }) => environmentStates.get(params.project, params.environment),
  );
  app.get<{ Params: EnvironmentParams }>(
    '/graph',
    { schema: describe({ summary: 'The newest revision', tag, path: environmentPath, answer: revision }) },
    ({ params }) => graphs.get(params.project, params.environment),
  );
  app.put<{ Params: EnvironmentParams; Body: GraphSave }>(
    '/graph',
    {
      schema: describe({
        summary: 'Save the graph of a file as a revision',
        tag,
        path: environmentPath,
        body: graphSave,
        answer: apiBody('GraphSaved'),
      }),
    },
    ({ params, body }) => graphs.save(params.project, params.environment, body, who),
  );
  app.get<{ Params: EnvironmentParams; Querystring: { layout?: string } }>(
    '/text',
    {
      schema: {
        ...describe({
          summary: 'Canonical text of the graph, or of its layout',
          tag,
          path: environmentPath,
          query: { layout: { type: 'string' } },
        }),
        response: {},
      },
    },
    async ({ params, query }, reply) => {
      const text = await graphs.text(params.project, params.environment, isAsked(query.layout) ? 'layout' : 'graph');
      return reply.header('content-type', 'text/plain; charset=utf-8').send(text);
    },
  );
  app.put<{ Params: EnvironmentParams; Body: Layout }>(
    '/layout',
    {
      schema: describe({
        summary: 'Save where the boxes stand',
        tag,
        path: environmentPath,
        body: documentBody('layout'),
      }),
    },
    async ({ params, body }, reply) => {
      await graphs.putLayout(params.project, params.environment, body, who);
      return reply.status(204).send();
    },
  );
}

const isAsked = (flag: string | undefined) => flag !== undefined && flag !== 'false' && flag !== '0';
