import type { Connection, ConnectionDetail, ContractField } from '../../../schemas/generated/types.ts';
import { artifactKey } from '../../stores/run.ts';
import { useRun } from '../../stores/use-workspace.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatValue } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import type { Fetched } from '../../ui/use-fetched.ts';
import { useLineContract } from './use-line-contract.ts';

const KNOWN: Record<ContractField['known'], string> = {
  static: 'from settings',
  planned: 'known when planned',
  applied: 'known after apply',
};

/** What flows along the line: each field, when it is known, and its value once it is live. Secrets never show. */
export function ConnectionContract({ line, detail }: { line: Connection; detail: Fetched<ConnectionDetail> }) {
  const { contract } = useLineContract(line);
  const published = useRun((state) => state.artifacts[artifactKey(line.from.node, line.from.port)]);
  const artifact = published ?? detail.data?.artifact;
  if (!contract) return <Quiet>This contract is not published here.</Quiet>;
  const fields = Object.entries(contract.properties);
  return (
    <>
      <Section title={contract.title} aside={`${fields.length} fields`}>
        <Quiet>{contract.summary}</Quiet>
        {!artifact && <Quiet>Nothing is published yet: values arrive when the box is applied.</Quiet>}
        <dl className="fields">
          {fields.map(([name, field]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
                <span>{field.title}</span>
              </dt>
              <dd>
                <FieldValue field={field} value={artifact?.value[name]} isPublished={artifact !== undefined} />
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      {artifact && (
        <Section title="Artifact" aside={artifact.contract}>
          <Quiet>Published {new Date(artifact.publishedAt).toLocaleString()}.</Quiet>
        </Section>
      )}
    </>
  );
}

function FieldValue({ field, value, isPublished }: { field: ContractField; value: unknown; isPublished: boolean }) {
  if (field.secret) return <em>secret, hidden</em>;
  if (!isPublished) return <em>{KNOWN[field.known]}</em>;
  if (value === undefined) return <em>not set</em>;
  const text = formatValue(value);
  return (
    <>
      <code className="long">{text}</code>
      <CopyButton value={text} label={`Copy ${field.title}`} />
    </>
  );
}
