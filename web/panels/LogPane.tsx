import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { LogLine, Run } from '../../schemas/generated/types.ts';
import { useRun, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { formatClock } from '../ui/format.ts';
import { VirtualRows } from '../ui/VirtualRows.tsx';

/** The run's log: all of it, or one step's; searchable, and it follows its end. */
export function LogPane({ run }: { run: Run }) {
  const { run: store, session } = useWorkspace();
  const version = useRun((state) => state.logVersion);
  const steps = useRun((state) => state.steps);
  const step = useSession((state) => state.logStep);
  const [search, setSearch] = useState('');
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- lines are mutable; `version` says when they grew.
  const lines = useMemo(() => filterLines(store.lines(), step, search), [store, version, step, search]);
  const nameOf = (line: LogLine) => (line.step === '' ? 'run' : (steps[line.step]?.name ?? line.step));
  const name = step && steps[step]?.name;

  return (
    <div className="log">
      <div className="log-head">
        <label className="search small">
          <IconSearch size={14} stroke={1.75} aria-hidden />
          <input
            type="search"
            placeholder="Search the log"
            aria-label="Search the log"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
        {name && (
          <button type="button" className="filter-chip" onClick={() => session.setState({ logStep: undefined })}>
            {name} ×
          </button>
        )}
        <span className="quiet number">
          {lines.length} {lines.length === 1 ? 'line' : 'lines'}
        </span>
      </div>
      <VirtualRows
        label={`Log of run ${run.number}`}
        count={lines.length}
        rowHeight={18}
        render={(index) => {
          const line = lines[index];
          if (!line) return null;
          return (
            <div className="log-line" key={line.id} data-level={line.level}>
              <span>{formatClock(line.at)}</span>
              <span className="log-name">{nameOf(line)}</span>
              <span className="log-phase">{line.phase}</span>
              <span>{line.text}</span>
            </div>
          );
        }}
      />
    </div>
  );
}

function filterLines(lines: readonly LogLine[], step: string | undefined, search: string): readonly LogLine[] {
  const wanted = search.trim().toLowerCase();
  if (!step && wanted === '') return lines.slice();
  return lines.filter(
    (line) => (!step || line.step === step) && (wanted === '' || line.text.toLowerCase().includes(wanted)),
  );
}
