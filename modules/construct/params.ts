// A node's params as a module sees them: text is text, secrets are references to sensitive variables.
import { Token } from 'cdktf';
import type { ModuleManifest } from '../../schemas/generated/types.ts';
import { pointerSegments } from '../../schemas/rules/json-pointer.ts';
import { isSealed, replaceSecretParams } from '../../schemas/rules/secret-params.ts';
import { literal } from './literal.ts';
import type { RootBuilder } from './root-builder.ts';

/**
 * Params with every sealed secret (`{"$secret": id}`) replaced by a reference to the sensitive variable
 * `secret_<param path>`, and template sequences in every other string escaped.
 * @throws when a secret is not sealed: it would end up in the root
 */
export function paramsFor(
  builder: RootBuilder,
  manifest: ModuleManifest,
  params: Record<string, unknown>,
): Record<string, unknown> {
  return replaceSecretParams(manifest, literal(params), (value, pointer) => {
    const path = pointerSegments(pointer);
    if (isSealed(value)) return secretReference(builder, path);
    if (value === undefined || value === null || value === '') return value;
    throw new Error(
      `The secret param ${path.join('.')} is not sealed. Save the graph through the server, which seals it.`,
    );
  });
}

function secretReference(builder: RootBuilder, path: readonly string[]): string {
  const name = `secret_${path.join('_').replaceAll(/[^A-Za-z0-9_]/g, '_')}`;
  const field = path.join('.');
  return Token.asString(
    builder.variable({ name, connection: '', field, type: 'string', sensitive: true }, `Secret param ${field}`),
  );
}
