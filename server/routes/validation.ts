// Both directions of every route are judged by the same JSON Schemas.
import type { FastifyInstance } from 'fastify';
import { PlumblineError } from '../errors.ts';
import { compileIncoming, compileOutgoing, compileText, describeError, type JsonSchema } from '../services/schemas.ts';

/** What comes in is strict; what goes out loses unknown fields, and a missing or wrong one is our own mistake. */
export function useSchemas(app: FastifyInstance): void {
  app.setValidatorCompiler<JsonSchema>(({ schema, httpPart }) => {
    const validate = httpPart === 'body' ? compileIncoming(schema) : compileText(schema);
    return (data: unknown) => {
      if (validate(data)) return { value: data };
      const error = validate.errors?.[0];
      return { error: new PlumblineError('bad-request', error ? describeError(error, data) : {}) };
    };
  });
  app.setSerializerCompiler<JsonSchema>(({ schema, url, method }) => {
    const validate = compileOutgoing(schema);
    return (data: unknown) => {
      if (validate(data)) return JSON.stringify(data);
      const [error] = validate.errors ?? [];
      throw new Error(`${method} ${url} answers against its schema: ${error?.instancePath} ${error?.message}`);
    };
  });
}
