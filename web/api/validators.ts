import type { RJSFSchema, ValidatorType } from '@rjsf/utils';
import { createPrecompiledValidator } from '@rjsf/validator-ajv8';
import type { ModuleManifest } from '../../schemas/generated/types.ts';

type ValidatorFunctions = Parameters<typeof createPrecompiledValidator>[0];

const loading = new Map<string, Promise<ValidatorType<unknown, RJSFSchema>>>();

/** The validator that the server compiled for a module's params; fetched once, because a strict CSP forbids compiling here. */
export function loadValidator(manifest: ModuleManifest): Promise<ValidatorType<unknown, RJSFSchema>> {
  const key = `${manifest.id}@${manifest.version}`;
  const known = loading.get(key);
  if (known) return known;
  const url = `/api/modules/${encodeURIComponent(manifest.id)}/validator.js`;
  const fresh = import(/* @vite-ignore */ url).then((loaded: { default?: ValidatorFunctions } & ValidatorFunctions) =>
    createPrecompiledValidator<unknown, RJSFSchema>(loaded.default ?? loaded, manifest.params),
  );
  fresh.catch(() => loading.delete(key));
  loading.set(key, fresh);
  return fresh;
}
