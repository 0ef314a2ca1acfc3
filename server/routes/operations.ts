// Edits of the live document, and what is wrong with it.
import type { FastifyInstance } from 'fastify';
import type { OperationBatch } from '../../schemas/generated/types.ts';
import { apiBody } from '../services/schemas.ts';
import type { Services } from '../services/services.ts';
import { describe, type EnvironmentParams, environmentPath } from './describe.ts';

const tag = 'Graph';

/** A paste of a whole graph of the largest size is one batch. */
const batchLimit = 32 * 1024 * 1024;

interface OperationOptions {
  services: Pick<Services, 'graphs'>;
  who: string;
}

export async function operationRoutes(
  app: FastifyInstance,
  { services: { graphs }, who }: OperationOptions,
): Promise<void> {
  app.post<{ Params: EnvironmentParams; Body: OperationBatch }>(
    '/operations',
    {
      bodyLimit: batchLimit,
      schema: describe({
        summary: 'Edit the live document: all operations of the batch, or none',
        tag,
        path: environmentPath,
        body: apiBody('OperationBatch'),
        answer: apiBody('OperationsTaken'),
      }),
    },
    ({ params, body }) => graphs.take(params.project, params.environment, body, who),
  );
  app.get<{ Params: EnvironmentParams }>(
    '/issues',
    {
      schema: describe({
        summary: 'What is wrong with the live document',
        tag,
        path: environmentPath,
        answer: apiBody('CheckResult'),
      }),
    },
    ({ params }) => graphs.issues(params.project, params.environment),
  );
}
