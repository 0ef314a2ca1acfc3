// A node's params as a module sees them: text is text, secrets are references to sensitive variables.
import { Token } from 'cdktf';
import { literal } from './literal.ts';
import type { RootBuilder } from './root-builder.ts';

/**
 * Params with every sealed secret (`{"$secret": id}`) replaced by a reference to the sensitive variable
 * `secret_<param path>`, and template sequences in every other string escaped.
 */
export function paramsFor(builder: RootBuilder, params: Record<string, unknown>): Record<string, unknown> {
  const visit = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, String(index)]));
    if (typeof value !== 'object' || value === null) return literal(value);
    if ('$secret' in value) return secret(builder, path);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), visit(item, [...path, key])]));
  };
  return visit(params, []) as Record<string, unknown>;
}

function secret(builder: RootBuilder, path: readonly string[]): string {
  const name = `secret_${path.join('_').replaceAll(/[^A-Za-z0-9_]/g, '_')}`;
  const field = path.join('.');
  return Token.asString(
    builder.variable({ name, connection: '', field, type: 'string', sensitive: true }, `Secret param ${field}`),
  );
}
