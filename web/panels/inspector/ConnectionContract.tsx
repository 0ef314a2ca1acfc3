import type { Connection } from '../../../schemas/generated/types.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { ArtifactFields } from './ArtifactFields.tsx';
import { useKnownFields } from './use-known-fields.ts';
import { useLineContract } from './use-line-contract.ts';

/** What flows along the line: each field, when it is known, and its value once it is live. */
export function ConnectionContract({ line }: { line: Connection }) {
  const { contract } = useLineContract(line);
  const known = useKnownFields(line.from.node, line.from.port, contract);
  const { artifact } = known;
  if (!contract) return <Quiet>This contract is not published here.</Quiet>;
  return (
    <>
      <Section title={contract.title} aside={`${Object.keys(contract.properties).length} fields`}>
        <Quiet>{contract.summary}</Quiet>
        {!artifact && <Quiet>Nothing is published yet: the other values arrive when the box is applied.</Quiet>}
        <ArtifactFields contract={contract} known={known} />
      </Section>
      {artifact && (
        <Section title="Artifact" aside={artifact.contract}>
          <Quiet>Published {new Date(artifact.publishedAt).toLocaleString()}.</Quiet>
        </Section>
      )}
    </>
  );
}
