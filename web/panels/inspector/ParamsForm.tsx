import { Form } from '@rjsf/mantine';
import type { RJSFValidationError } from '@rjsf/utils';
import { useMemo } from 'react';
import type { GraphNode, ModuleManifest } from '../../../schemas/generated/types.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { setParams } from '../../actions/edit.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { FormSchemaOf, type LoadedFormProps } from './FormSchemaOf.tsx';
import { ParamField } from './ParamField.tsx';
import { paramsUi, toFormData, withPlaceholders } from './params-ui.ts';
import { settingOf, withWritten } from './shared-params.ts';
import { useParamLocks } from './use-param-locks.ts';

interface Props {
  node: GraphNode;
  manifest: ModuleManifest;
}

/** The module's form. What it writes is only what differs from preset and defaults. */
export function ParamsForm({ node, manifest }: Props) {
  return (
    <FormSchemaOf manifest={manifest}>
      {(form) => <LoadedForm node={node} manifest={manifest} form={form} />}
    </FormSchemaOf>
  );
}

const TEMPLATES = { FieldTemplate: ParamField };

function LoadedForm({ node, manifest, form }: Props & LoadedFormProps) {
  const workspace = useWorkspace();
  const isLive = useRun((state) => state.runtime[node.id] !== undefined);
  const { data, sealed } = toFormData(resolveParams(manifest, node).params);
  const prefix = `param-${node.id}`;
  const sealedKey = sealed.join();
  const { context, locked } = useParamLocks(manifest, isLive);
  const ui = useMemo(() => {
    const names = sealedKey ? sealedKey.split(',') : [];
    return withPlaceholders(paramsUi(manifest, locked), names, 'Stored and sealed. Type to replace it.');
  }, [manifest, locked, sealedKey]);

  const write = (wanted: Record<string, unknown>, fieldId: string) => {
    const now = workspace.document.content().nodes[node.id];
    const name = settingOf(manifest, fieldId, prefix);
    if (now) setParams(workspace, node.id, withWritten(manifest, now, { shown: data, wanted, name }));
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
      formContext={context}
      templates={TEMPLATES}
      validator={form.validator}
      idPrefix={prefix}
      liveValidate="onChange"
      showErrorList={false}
      noHtml5Validate
      tagName="div"
      transformErrors={dropSealed}
      onBlur={() => workspace.document.endGesture()}
      onChange={(event, fieldId) => fieldId && write(event.formData as Record<string, unknown>, fieldId)}
    />
  );
}
