import type { RJSFSchema, ValidatorType } from '@rjsf/utils';
import { createPrecompiledValidator } from '@rjsf/validator-ajv8';
import type { ModuleManifest } from '../../schemas/generated/types.ts';
import { fetchCode } from './failure.ts';

interface ValidatorModule {
  default: Parameters<typeof createPrecompiledValidator>[0];
  /** The schema that it was compiled from: the form must be drawn from the very same one. */
  schema: RJSFSchema;
}

export interface FormSchema {
  schema: RJSFSchema;
  validator: ValidatorType<unknown, RJSFSchema>;
}

const loading = new Map<string, Promise<FormSchema>>();

/** The form of a module's params, with the validator that the server compiled, because a strict CSP forbids compiling here. */
export function loadFormSchema(manifest: ModuleManifest): Promise<FormSchema> {
  const key = `${manifest.id}@${manifest.version}`;
  const known = loading.get(key);
  if (known) return known;
  const url = `/api/modules/${encodeURIComponent(manifest.id)}/validator.js?version=${encodeURIComponent(manifest.version)}`;
  const fresh = fetchCode<ValidatorModule>(() => import(/* @vite-ignore */ url)).then((loaded) => ({
    schema: loaded.schema,
    validator: createPrecompiledValidator<unknown, RJSFSchema>(loaded.default, loaded.schema),
  }));
  fresh.catch(() => loading.delete(key));
  loading.set(key, fresh);
  return fresh;
}

/** Fetches forms while the page has nothing else to do, so that they open at once, and also without the server. */
export async function prefetchForms(manifests: readonly ModuleManifest[]): Promise<void> {
  for (const manifest of manifests) {
    await new Promise<void>((resolve) => {
      // Not every browser knows idle time.
      if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 5000 });
      else setTimeout(resolve, 200);
    });
    // What cannot be fetched now is fetched, and complained of, when the form is opened.
    await loadFormSchema(manifest).catch(() => undefined);
  }
}
