import { Select } from '@mantine/core';
import { Form } from '@rjsf/mantine';
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { GraphNode, ModuleManifest } from '../../../schemas/generated/types.ts';
import { setEachNode } from '../../actions/edit.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { FormSchemaOf, type LoadedFormProps } from './FormSchemaOf.tsx';
import { ParamField } from './ParamField.tsx';
import { paramsUi, withPlaceholders } from './params-ui.ts';
import { settingOf, sharedParams, withShared } from './shared-params.ts';
import { useParamLocks } from './use-param-locks.ts';

/** Preset and settings of several boxes at once, where all are of one module. */
export function SharedSettings({ ids }: { ids: readonly string[] }) {
  const workspace = useWorkspace();
  const { catalog } = workspace.library;
  const nodes = useDocument(useShallow((state) => ids.flatMap((id) => state.nodes[id] ?? [])));
  const [first] = nodes;
  const manifest = first && catalog.findModule(first.module, first.version);
  const isOne = nodes.every((node) => catalog.findModule(node.module, node.version) === manifest);
  if (!first || !manifest || !isOne) return null;
  const presets = Object.entries(manifest.presets).map(([value, { title }]) => ({ value, label: title }));
  const isShared = nodes.every((node) => node.preset === first.preset);
  return (
    <Section title={`Settings of all ${nodes.length}`} aside={`${manifest.id} ${manifest.version}`}>
      <Quiet>What you set here is set on each of them. Fields that are empty differ between them.</Quiet>
      <Select
        size="xs"
        label="Preset"
        data={presets}
        value={isShared ? (first.preset ?? null) : null}
        placeholder={isShared ? 'None' : 'Several'}
        onChange={(preset) => {
          const patches = Object.fromEntries(nodes.map(({ id }) => [id, { preset: preset ?? undefined }]));
          setEachNode(workspace, patches, `preset of ${plural(nodes.length, 'box', 'boxes')}`);
        }}
      />
      <FormSchemaOf manifest={manifest}>
        {(form) => <SharedForm nodes={nodes} manifest={manifest} form={form} />}
      </FormSchemaOf>
    </Section>
  );
}

const TEMPLATES = { FieldTemplate: ParamField };
const PREFIX = 'shared';

function SharedForm({
  nodes,
  manifest,
  form,
}: { nodes: readonly GraphNode[]; manifest: ModuleManifest } & LoadedFormProps) {
  const workspace = useWorkspace();
  const isLive = useRun((state) => nodes.some(({ id }) => state.runtime[id] !== undefined));
  const { data, differing } = sharedParams(manifest, nodes);
  const differingKey = differing.join();
  const { context, locked } = useParamLocks(manifest, isLive);
  const ui = useMemo(() => {
    return withPlaceholders(paramsUi(manifest, locked), differingKey ? differingKey.split(',') : [], 'Several values');
  }, [manifest, locked, differingKey]);
  const write = (wanted: Record<string, unknown>, fieldId: string) => {
    const name = settingOf(manifest, fieldId, PREFIX);
    if (name === undefined) return;
    const each = Object.entries(withShared(manifest, nodes, name, wanted[name]));
    const patches = Object.fromEntries(each.map(([id, params]) => [id, { params }]));
    setEachNode(workspace, patches, `settings of ${plural(nodes.length, 'box', 'boxes')}`, `shared:${name}`);
  };
  return (
    <Form
      className="params"
      schema={form.schema}
      uiSchema={ui}
      formData={data}
      formContext={context}
      templates={TEMPLATES}
      validator={form.validator}
      idPrefix={PREFIX}
      liveValidate="onChange"
      showErrorList={false}
      noHtml5Validate
      tagName="div"
      // A default must not stand where the boxes differ.
      experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults', allOf: 'skipDefaults' }}
      onBlur={() => workspace.document.endGesture()}
      onChange={(event, fieldId) => fieldId && write(event.formData as Record<string, unknown>, fieldId)}
    />
  );
}
