import { useMemo, useState } from 'react';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { plural } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { AccessSearch } from './AccessSearch.tsx';
import { AccessTable } from './AccessTable.tsx';
import { matches, toCsv, toRows } from './access-rows.ts';
import { useNames, useReach } from './use-reach.ts';

/** Who may do what to whom in the whole environment, and through which line. */
export function EnvironmentAccess() {
  const reaches = useReach();
  const nameOf = useNames();
  const [search, setSearch] = useState('');
  const rows = useMemo(() => toRows(reaches), [reaches]);
  const found = rows
    .filter((row) => matches(row, search, nameOf))
    .sort((a, b) => nameOf(a.target).localeCompare(nameOf(b.target)) || nameOf(a.actor).localeCompare(nameOf(b.actor)));
  return (
    <>
      <div className="access-head">
        <AccessSearch value={search} onChange={setSearch} />
        <CopyButton value={toCsv(found, nameOf)} label="Copy as CSV" />
      </div>
      <Section title="Who may do what to whom" aside={plural(found.length, 'way')}>
        {rows.length > 0 && <Quiet>As the graph stands now. Select a box to see it alone, and on the canvas.</Quiet>}
        <AccessTable
          label="Who may do what to whom"
          rows={found}
          shows="both"
          empty={search ? 'Nothing here says that.' : 'No line hands out a permission yet.'}
        />
      </Section>
    </>
  );
}
