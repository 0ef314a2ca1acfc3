import { useState } from 'react';
import type { ContractDocument, GraphNode, OutputPort } from '../../../schemas/generated/types.ts';
import { artifactKey } from '../../stores/run.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { Section } from '../../ui/Section.tsx';
import { ArtifactFields } from './ArtifactFields.tsx';
import { useKnownFields } from './use-known-fields.ts';

/** What a box publishes on its outputs: the fields of each contract, with the values that are known. */
export function NodeOutputs({ node }: { node: GraphNode }) {
  const { catalog } = useWorkspace().library;
  const outputs = Object.entries(catalog.findModule(node.module, node.version)?.outputs ?? {});
  if (outputs.length === 0) return null;
  return (
    <Section title="What it publishes" aside={`${outputs.length}`}>
      {outputs.map(([port, output]) => (
        <Output key={port} node={node.id} port={port} output={output} />
      ))}
    </Section>
  );
}

function Output({ node, port, output }: { node: string; port: string; output: OutputPort }) {
  const { catalog } = useWorkspace().library;
  const [isOpen, setOpen] = useState(false);
  const isPublished = useRun((state) => state.artifacts[artifactKey(node, port)] !== undefined);
  const contract = catalog.findContract(output.contract);
  return (
    <details className="output" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{output.title.toLowerCase()}</strong>
        <span>
          {output.contract}, {isPublished ? 'published' : 'not yet'}
        </span>
      </summary>
      {output.summary && <p className="quiet">{output.summary}</p>}
      {isOpen && contract && <OutputFields node={node} port={port} contract={contract} />}
    </details>
  );
}

function OutputFields({ node, port, contract }: { node: string; port: string; contract: ContractDocument }) {
  return <ArtifactFields contract={contract} known={useKnownFields(node, port, contract)} />;
}
