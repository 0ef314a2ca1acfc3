// Turns whatever went wrong into an ApiError; the text of a bug goes to the log only.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorBody, PlumblineError } from '../errors.ts';

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const known = toPlumblineError(error, request.routeOptions.bodyLimit);
    if (known.kind === 'unexpected') request.log.error({ err: error }, 'unexpected');
    else if (known.kind === 'operational') request.log.warn({ code: known.code, err: error }, known.message);
    return sendError(request, reply, known);
  });
}

export function sendError(request: FastifyRequest, reply: FastifyReply, error: PlumblineError): FastifyReply {
  return reply
    .status(error.status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(errorBody(error, request.id));
}

function toPlumblineError(error: unknown, bodyLimit = 0): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const { code, statusCode, message } = (
    error instanceof Error ? error : new Error(String(error))
  ) as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(bodyLimit);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new PlumblineError('bad-media-type');
  if (code === 'ENOSPC') return new PlumblineError('disk-full', { cause: error });
  if (code?.startsWith('FST_ERR_CTP_') || error instanceof SyntaxError)
    return new PlumblineError('bad-json', { detail: message });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new PlumblineError('bad-request', { detail: message });
  return new PlumblineError('unexpected', { cause: error });
}

function tooLarge(bodyLimit: number): PlumblineError {
  const limit = bodyLimit < 1 << 20 ? `${bodyLimit >> 10} KB` : `${bodyLimit >> 20} MB`;
  return new PlumblineError('body-too-large', { values: { limit }, expected: `at most ${limit}` });
}
