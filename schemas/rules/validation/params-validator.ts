// Judges params by their module's schema.
import type { ValidateFunction } from 'ajv';
import type { ModuleManifest } from '../../generated/types.ts';
import type { ValidateParams } from '../catalog.ts';
import { describeSchemaErrors } from '../schema-error.ts';
import { acceptSealed, secretParamPaths } from '../secret-params.ts';
import { createAjv } from './ajv.ts';

/**
 * The validator that `createCatalog` takes on a server and in the CLI; each module's schema is compiled once. Secret params may be
 * sealed, and their values are never quoted.
 * @throws Error where a module's schema is no strict JSON Schema 2020-12
 */
export function createParamsValidator(): ValidateParams {
  const ajv = createAjv();
  const compiled = new WeakMap<ModuleManifest, ValidateFunction>();
  return (manifest, params) => {
    let validate = compiled.get(manifest);
    if (!validate) {
      validate = ajv.compile(acceptSealed(manifest.params) as object);
      compiled.set(manifest, validate);
    }
    if (validate(params)) return [];
    return describeSchemaErrors(validate.errors ?? [], params, new Set(secretParamPaths(manifest, params)));
  };
}
