// How a route is described: what it takes and gives, in the words of schemas/api. Nothing that is not described is taken.
import type { FastifySchema } from 'fastify';
import { apiBody, type JsonSchema } from '../services/schemas.ts';

interface RouteDescription {
  summary: string;
  tag: string;
  /** Names of the parts of the path. */
  path?: readonly string[];
  query?: Readonly<Record<string, JsonSchema>>;
  /** Query fields that must be there. */
  need?: readonly string[];
  body?: JsonSchema;
  /** What it answers with; absent: no content, or no JSON. */
  answer?: JsonSchema;
  status?: 200 | 201;
}

/** The schema of a route. */
export function describe(route: RouteDescription): FastifySchema {
  const { summary, tag, path = [], query = {}, need = [], body, answer, status = 200 } = route;
  return {
    summary,
    tags: [tag],
    ...(path.length > 0
      ? { params: closed(Object.fromEntries(path.map((name) => [name, { type: 'string', maxLength: 200 }])), path) }
      : {}),
    querystring: closed(query, need),
    ...(body ? { body } : {}),
    response: {
      ...(answer ? { [status]: answer } : { 204: { type: 'null', description: 'Done.' } }),
      '4xx': apiBody('ApiError'),
      '5xx': apiBody('ApiError'),
    },
  } as FastifySchema;
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

function closed(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** The parts of the path of everything that belongs to an environment. */
export const environmentPath = ['project', 'environment'] as const;

export interface EnvironmentParams {
  project: string;
  environment: string;
}
