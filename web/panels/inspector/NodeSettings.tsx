import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { GraphNode } from '../../../schemas/generated/types.ts';
import { renameNode, setPreset } from '../../actions/edit.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { NodeVersion, newerVersions } from './NodeVersion.tsx';
import { ParamsForm } from './ParamsForm.tsx';
import { PresetDifferences } from './PresetDifferences.tsx';

export function NodeSettings({ node }: { node: GraphNode }) {
  const workspace = useWorkspace();
  const detail = workspace.library.module(node.module);
  const manifest = workspace.library.catalog.findModule(node.module, node.version);
  if (!manifest || !detail) return <Quiet>The module {node.module} is not published here.</Quiet>;
  const hasNewer = newerVersions(workspace.library.catalog, manifest).length > 0;
  const presets = Object.entries(manifest.presets);
  return (
    <>
      <Section title={detail.manifest.title} aside={`${manifest.id} ${manifest.version}`}>
        <Quiet>{manifest.summary}</Quiet>
        <NameField key={node.name} node={node} />
        <Select
          size="xs"
          label="Preset"
          data={presets.map(([value, preset]) => ({ value, label: preset.title }))}
          value={node.preset ?? null}
          placeholder="None"
          description={node.preset ? manifest.presets[node.preset]?.summary : undefined}
          onChange={(preset) => setPreset(workspace, node.id, preset ?? undefined)}
        />
        <PresetDifferences node={node} manifest={manifest} />
      </Section>
      {hasNewer && <NodeVersion node={node} manifest={manifest} />}
      <Section title="Settings">
        <ParamsForm key={node.id} node={node} manifest={manifest} />
      </Section>
      {!hasNewer && <NodeVersion node={node} manifest={manifest} />}
    </>
  );
}

function NameField({ node }: { node: GraphNode }) {
  const workspace = useWorkspace();
  const [text, setText] = useState(node.name);
  const commit = () => renameNode(workspace, node.id, text);
  return (
    <TextInput
      label="Name"
      description={text !== node.id ? `Deployed under its id, ${node.id}, which never changes.` : undefined}
      value={text}
      maxLength={60}
      error={text.trim() === '' ? 'A box needs a name.' : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
