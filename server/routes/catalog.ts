// Published modules and contracts, and the check of a graph file against them.
import type { FastifyInstance } from 'fastify';
import type { CheckRequest } from '../../schemas/generated/types.ts';
import { apiBody } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe, listOf } from './describe.ts';

const tag = 'Catalogue';

export async function catalogRoutes(
  app: FastifyInstance,
  { services }: { services: Pick<Services, 'catalog' | 'graphs'> },
): Promise<void> {
  const { catalog, graphs } = services;
  app.get(
    '/modules',
    { schema: describe({ summary: 'All modules', tag, answer: listOf(apiBody('ModuleDetail')) }) },
    async () => catalog.modules(),
  );
  app.get<{ Params: { id: string } }>(
    '/modules/:id',
    { schema: describe({ summary: 'One module', tag, path: ['id'], answer: apiBody('ModuleDetail') }) },
    async (request) => catalog.module(request.params.id),
  );
  app.get<{ Params: { id: string }; Querystring: { version?: string } }>(
    '/modules/:id/validator.js',
    {
      schema: {
        ...describe({
          summary: "The module's form validator as an ES module",
          tag,
          path: ['id'],
          query: { version: { type: 'string', maxLength: 40 } },
        }),
        response: {},
      },
    },
    async (request, reply) => {
      const text = await catalog.validator(request.params.id, request.query.version);
      return reply
        .header('content-type', 'text/javascript; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(text);
    },
  );
  app.get(
    '/contracts',
    { schema: describe({ summary: 'All contracts', tag, answer: listOf(apiBody('ContractDetail')) }) },
    async () => catalog.contracts(),
  );
  app.get<{ Params: { name: string } }>(
    '/contracts/:name',
    { schema: describe({ summary: 'One contract', tag, path: ['name'], answer: apiBody('ContractDetail') }) },
    async (request) => catalog.contract(request.params.name),
  );
  app.post<{ Body: CheckRequest }>(
    '/check',
    {
      schema: describe({
        summary: 'Every issue of a graph file',
        tag,
        body: apiBody('CheckRequest'),
        answer: apiBody('CheckResult'),
      }),
    },
    async (request) => graphs.check(request.body.text),
  );
}
