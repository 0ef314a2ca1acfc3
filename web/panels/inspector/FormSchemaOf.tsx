import type { ReactNode } from 'react';
import type { ModuleManifest } from '../../../schemas/generated/types.ts';
import { type FormSchema, loadFormSchema } from '../../api/validators.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Quiet } from '../../ui/Section.tsx';
import { useFetched } from '../../ui/use-fetched.ts';

export interface LoadedFormProps {
  form: FormSchema;
}

/** Fetches the schema and the validator of a module's form, and says so where that takes time or fails. */
export function FormSchemaOf({
  manifest,
  children,
}: {
  manifest: ModuleManifest;
  children(form: FormSchema): ReactNode;
}) {
  const key = `${manifest.id}@${manifest.version}`;
  const { data: form, problem } = useFetched(key, key, () => loadFormSchema(manifest));
  if (problem)
    return (
      <Notice tone="warn" title="The form cannot be checked here.">
        {problem}
      </Notice>
    );
  return form ? children(form) : <Quiet>Fetching the form.</Quiet>;
}
