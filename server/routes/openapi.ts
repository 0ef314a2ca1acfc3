// The OpenAPI document, made from the schemas of the routes, and the page to read it.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { schemas } from '../services/schemas.ts';

const home = 'https://plumbline.dev/schemas/';

/** Registers before any route, so that it sees them all. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Plumbline', version, description: 'Graphs, environments, runs and what they mean.' },
    },
    // Added at the end: the resolver of the plugin takes a property that is called $id for an id.
    transformObject: (document) =>
      'openapiObject' in document
        ? { ...document.openapiObject, components: { schemas: components() as never } }
        : document.swaggerObject,
    transform: ({ schema, url }) => ({ schema: rewriteRefs(schema) as typeof schema, url }),
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    indexPrefix: '',
    uiConfig: { docExpansion: 'list', deepLinking: false },
  });
  app.get('/api/openapi.json', { schema: { hide: true } as object }, async (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  );
}

/** Every document and every named part of one, under a name of its own. */
function components(): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const schema of schemas) {
    const {
      $id,
      $schema: _,
      $defs = {},
      ...rest
    } = schema as { $id: string; $schema?: string; $defs?: Record<string, unknown> };
    const document = documentName($id);
    if (document !== 'api') named[document] = rewriteRefs(rest, document);
    for (const [part, definition] of Object.entries($defs))
      named[`${document}.${part}`] = rewriteRefs(definition, document);
  }
  return named;
}

const documentName = (id: string) => id.replace(home, '').replace(/\.json$/, '');

function rewriteRefs(value: unknown, document = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => rewriteRefs(item, document));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) =>
      key === '$ref' && typeof member === 'string'
        ? [key, rewriteRef(member, document)]
        : [key, rewriteRefs(member, document)],
    ),
  );
}

function rewriteRef(ref: string, document: string): string {
  const [file = '', pointer = ''] = ref.split('#');
  const name = file === '' ? document : documentName(file);
  const [, defs, part, ...deeper] = pointer.split('/');
  const named = defs === '$defs' && part !== undefined ? `${name}.${part}` : name;
  const rest = defs === '$defs' ? deeper : pointer.split('/').slice(1);
  return ['#/components/schemas', named, ...rest].join('/');
}
