import type { ContractDocument, ContractField } from '../../../schemas/generated/types.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatValue } from '../../ui/format.ts';
import type { KnownFields } from './use-known-fields.ts';

const KNOWN: Record<ContractField['known'], string> = {
  static: 'from settings',
  planned: 'known when planned',
  applied: 'known after apply',
};

/** The fields of a contract, each with its value or with when it will be known. Secrets never show. */
export function ArtifactFields({
  contract,
  known: { artifact, values },
}: {
  contract: ContractDocument;
  known: KnownFields;
}) {
  return (
    <dl className="fields">
      {Object.entries(contract.properties).map(([name, field]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
            <span>{field.title}</span>
          </dt>
          <dd>
            <FieldValue field={field} value={values[name]} isPublished={artifact !== undefined} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FieldValue({ field, value, isPublished }: { field: ContractField; value: unknown; isPublished: boolean }) {
  if (field.secret) return <em>secret, hidden</em>;
  if (value === undefined) return <em>{isPublished ? 'not set' : KNOWN[field.known]}</em>;
  const text = formatValue(value);
  return (
    <>
      <code className="long">{text}</code>
      <CopyButton value={text} label={`Copy ${field.title}`} />
    </>
  );
}
