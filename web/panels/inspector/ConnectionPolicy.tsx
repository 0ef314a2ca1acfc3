import { IconShieldCheck, IconShieldHalf } from '@tabler/icons-react';
import type { Connection, ConnectionDetail } from '../../../schemas/generated/types.ts';
import { plural } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import type { Fetched } from '../../ui/use-fetched.ts';
import { PolicyBlock } from './PolicyBlock.tsx';
import { comparePolicies } from './policy-lines.ts';

/** The IAM policy that the line compiles to, beside what stands in applied state. */
export function ConnectionPolicy({ line, detail }: { line: Connection; detail: Fetched<ConnectionDetail> }) {
  const { data } = detail;
  if (line.grants.length === 0) return null;
  if (!data) {
    return (
      <Section title="Policy that this line compiles to">
        <Quiet>{detail.problem ?? 'Asking the server.'}</Quiet>
      </Section>
    );
  }
  const rank = (grant: string) => data.contract.document.grants[grant]?.rank ?? 99;
  const statements = [...data.statements].sort((a, b) => rank(a.grant) - rank(b.grant));
  const actions = new Set(data.statements.flatMap((statement) => statement.actions));
  const resources = new Set(data.statements.flatMap((statement) => statement.resources));
  const { isApplied, isSame, added, removed } = comparePolicies(data.statements, data.applied);
  return (
    <Section
      title="Policy that this line compiles to"
      aside={`${plural(actions.size, 'action')} · ${plural(resources.size, 'resource')}`}
    >
      {data.statements.length === 0 && <Quiet>No statement: nothing here needs a permission.</Quiet>}
      <PolicyBlock statements={statements} added={isApplied ? added : []} />
      {isApplied && removed.length > 0 && (
        <ul className="policy-removed" aria-label="Actions that the next apply takes away">
          {removed.map((action) => (
            <li key={action}>
              <code>{action}</code> goes with the next apply
            </li>
          ))}
        </ul>
      )}
      {data.statements.length > 0 && (
        <p className="policy-standing" data-same={isApplied && isSame}>
          {isApplied && isSame ? (
            <IconShieldCheck size={15} stroke={1.75} />
          ) : (
            <IconShieldHalf size={15} stroke={1.75} />
          )}
          {standing(isApplied, isSame, added.length, removed.length)}
        </p>
      )}
    </Section>
  );
}

function standing(isApplied: boolean, isSame: boolean, added: number, removed: number): string {
  if (!isApplied) return 'Nothing more than these grants. Not applied yet.';
  if (isSame) return 'Nothing more than these grants. It stands like this in applied state.';
  const parts = [added && `adds ${plural(added, 'action')}`, removed && `takes ${plural(removed, 'action')} away`];
  return `The next apply ${parts.filter(Boolean).join(' and ')}.`;
}
