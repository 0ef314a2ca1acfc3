import { Form } from '@rjsf/mantine';
import type { RJSFValidationError } from '@rjsf/utils';
import { useMemo } from 'react';
import type { GraphNode, ModuleManifest } from '../../../schemas/generated/types.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { setParams } from '../../actions/edit.ts';
import { type FormSchema, loadFormSchema } from '../../api/validators.ts';
import { createMergePatch } from '../../stores/merge-patch.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Quiet } from '../../ui/Section.tsx';
import { useFetched } from '../../ui/use-fetched.ts';
import { paramsUi, toFormData, withSealed } from './params-ui.ts';

interface Props {
  node: GraphNode;
  manifest: ModuleManifest;
}

/** The module's form. What it writes is only what differs from preset and defaults. */
export function ParamsForm({ node, manifest }: Props) {
  const key = `${manifest.id}@${manifest.version}`;
  const { data: form, problem } = useFetched(key, key, () => loadFormSchema(manifest));
  if (problem)
    return (
      <Notice tone="warn" title="The form cannot be checked here.">
        {problem}
      </Notice>
    );
  if (!form) return <Quiet>Fetching the form.</Quiet>;
  return <LoadedForm node={node} manifest={manifest} form={form} />;
}

function LoadedForm({ node, manifest, form }: Props & { form: FormSchema }) {
  const workspace = useWorkspace();
  const isApplied = useRun((state) => state.runtime[node.id] !== undefined);
  const resolved = resolveParams(manifest, node);
  const { data, sealed } = toFormData(resolved.params);
  const sealedKey = sealed.join();
  const ui = useMemo(
    () => withSealed(paramsUi(manifest, isApplied), sealedKey ? sealedKey.split(',') : []),
    [manifest, isApplied, sealedKey],
  );

  const write = (wanted: Record<string, unknown>) => {
    const base = resolveParams(manifest, { preset: node.preset }).params;
    const kept = Object.fromEntries(
      sealed.filter((name) => !wanted[name]).map((name) => [name, resolved.params[name]]),
    );
    setParams(workspace, node.id, createMergePatch(base, { ...wanted, ...kept }));
  };
  // A sealed secret is not in the form's data; the server judges it.
  const dropSealed = (errors: RJSFValidationError[]) =>
    errors.filter((error) => !sealed.some((name) => error.params?.missingProperty === name));

  return (
    <Form
      className="params"
      schema={form.schema}
      uiSchema={ui}
      formData={data}
      validator={form.validator}
      idPrefix={`param-${node.id}`}
      liveValidate="onChange"
      showErrorList={false}
      noHtml5Validate
      tagName="div"
      transformErrors={dropSealed}
      onBlur={() => workspace.document.endGesture()}
      onChange={(event, fieldId) => fieldId && write(event.formData as Record<string, unknown>)}
    />
  );
}
