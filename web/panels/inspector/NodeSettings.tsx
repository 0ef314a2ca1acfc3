import { Select } from '@mantine/core';
import type { GraphNode } from '../../../schemas/generated/types.ts';
import { renameNode, setPreset } from '../../actions/edit.ts';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { NodeVersion, newerVersions } from './NodeVersion.tsx';
import { ParamsForm } from './ParamsForm.tsx';
import { PresetDifferences } from './PresetDifferences.tsx';
import { TextRow } from './TextRow.tsx';

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
        <NameField id={node.id} />
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

/** The name as it stands now: the panel around it is a frame behind. */
function NameField({ id }: { id: string }) {
  const workspace = useWorkspace();
  const name = useDocument((state) => state.nodes[id]?.name ?? id);
  return (
    <TextRow
      label="Name"
      value={name}
      lacking="A box needs a name."
      describe={(text) => (text !== id ? `Deployed under its id, ${id}, which never changes.` : undefined)}
      onKeep={(text) => renameNode(workspace, id, text)}
    />
  );
}
