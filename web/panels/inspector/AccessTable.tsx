import { IconAlertTriangle } from '@tabler/icons-react';
import type { Connection, ContractDocument } from '../../../schemas/generated/types.ts';
import { actionWords } from '../../../schemas/rules/action-words.ts';
import { select } from '../../stores/session.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet } from '../../ui/Section.tsx';
import { type AccessRow, fillReferences, howWords } from './access-rows.ts';
import { NodeName } from './NodeName.tsx';
import { useLineContract } from './use-line-contract.ts';
import { useNames } from './use-reach.ts';

interface Props {
  label: string;
  rows: readonly AccessRow[];
  /** Which end of a row is told; both where the table is of a whole environment. */
  shows: 'actor' | 'target' | 'both';
  /** What is said where there are no rows. */
  empty: string;
}

const LIMIT = 200;

/** Who may do what to whom; a click goes to the line that says so. */
export function AccessTable({ label, rows, shows, empty }: Props) {
  if (rows.length === 0) return <Quiet>{empty}</Quiet>;
  return (
    <>
      <div className="access" role="table" aria-label={label}>
        <div role="row" className="visually-hidden">
          <span role="columnheader">{shows === 'target' ? 'On' : 'Who'}</span>
          <span role="columnheader">By</span>
          <span role="columnheader">May</span>
        </div>
        {rows.slice(0, LIMIT).map((row) => (
          <Row key={row.key} row={row} shows={shows} />
        ))}
      </div>
      {rows.length > LIMIT && <Quiet>And {rows.length - LIMIT} more: search to see them.</Quiet>}
    </>
  );
}

function Row({ row, shows }: { row: AccessRow; shows: Props['shows'] }) {
  const { session } = useWorkspace();
  const nameOf = useNames();
  const line = useDocument((state) => state.connections[row.connection]);
  const how = howWords(row, nameOf);
  return (
    <div role="row" className="access-row" data-line={row.connection}>
      <span role="cell" className="access-who">
        <button
          type="button"
          onClick={() => select(session, { connections: [row.connection] })}
          title="Show the line that says so"
        >
          <NodeName id={shows === 'target' ? row.target : row.actor} />
          {shows === 'both' && (
            <>
              <span aria-label="on">→</span>
              <NodeName id={row.target} />
            </>
          )}
        </button>
      </span>
      <span role="cell" className="access-how">
        {how}
      </span>
      <span role="cell" className="access-what">
        {line ? <Grants row={row} line={line} /> : row.grants.join(', ')}
        <Actions row={row} />
      </span>
    </div>
  );
}

function Grants({ row, line }: { row: AccessRow; line: Connection }) {
  const { contract } = useLineContract(line);
  const rank = (name: string) => contract?.grants[name]?.rank ?? 99;
  // A policy that lets somebody in is worded by what it allows: the grant's title speaks of the other end of the line.
  const says = row.identity === 'resource' ? row.actions.map(actionWords).join(' ') : undefined;
  return row.grants
    .toSorted((a, b) => rank(a) - rank(b))
    .map((name) => <Grant key={name} name={name} grant={contract?.grants[name]} says={says} />);
}

interface GrantProps {
  name: string;
  grant: ContractDocument['grants'][string] | undefined;
  says: string | undefined;
}

function Grant({ name, grant, says }: GrantProps) {
  return (
    <span className="access-grant">
      <strong>{name}</strong>
      <span>{says ?? grant?.title}</span>
      {grant?.risk && (
        <span className="grant-risk" title={grant.risk}>
          <IconAlertTriangle size={13} stroke={1.75} aria-hidden /> risky
        </span>
      )}
    </span>
  );
}

function Actions({ row }: { row: AccessRow }) {
  const artifacts = useRun((state) => state.artifacts);
  if (row.actions.length === 0) return <code>{fillReferences(row.resources.join(', '), artifacts)}</code>;
  return (
    <span className="access-actions">
      {row.actions.map((action) => (
        <code key={action} title={actionWords(action)}>
          {action}
        </code>
      ))}
    </span>
  );
}
