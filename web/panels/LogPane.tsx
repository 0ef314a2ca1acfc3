import { IconCopy, IconDownload, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { LogLine, Run } from '../../schemas/generated/types.ts';
import { filterLines, logText, oneLine, splitMatches } from '../stores/log-view.ts';
import { useRun, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { download } from '../ui/download.ts';
import { formatClock, plural } from '../ui/format.ts';
import { notifyProblem } from '../ui/notify.tsx';
import { VirtualRows } from '../ui/VirtualRows.tsx';

const refuseCopy = () =>
  notifyProblem('The lines were not copied.', 'The browser keeps the clipboard shut. They can be downloaded.');

/** The run's log: all of it, or one step's; searchable, by its level, and it follows its end. */
export function LogPane({ run }: { run: Run }) {
  const { run: store, session } = useWorkspace();
  const version = useRun((state) => state.logVersion);
  const steps = useRun((state) => state.steps);
  const step = useSession((state) => state.logStep);
  const [search, setSearch] = useState('');
  const [isTroubleOnly, setTroubleOnly] = useState(false);
  const lines = useMemo(
    () => filterLines(store.lines(), { step, search, isTroubleOnly }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- lines are mutable; `version` says when they grew.
    [store, version, step, search, isTroubleOnly],
  );
  const nameOf = (line: LogLine) => (line.step === '' ? 'run' : (steps[line.step]?.name ?? line.step));
  const name = step && steps[step]?.name;
  const text = () => logText(lines, nameOf);

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
        <button
          type="button"
          className="bar-button"
          aria-pressed={isTroubleOnly}
          onClick={() => setTroubleOnly(!isTroubleOnly)}
        >
          Warnings and errors
        </button>
        <span className="spring" />
        <span className="quiet number" role="status">
          {plural(lines.length, 'line')}
        </span>
        <button
          type="button"
          className="icon-button small"
          aria-label="Copy these lines"
          onClick={() => navigator.clipboard.writeText(text()).catch(refuseCopy)}
        >
          <IconCopy size={15} stroke={1.75} />
        </button>
        <button
          type="button"
          className="icon-button small"
          aria-label="Download these lines"
          onClick={() => download(`run-${run.number}.log`, text())}
        >
          <IconDownload size={15} stroke={1.75} />
        </button>
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
              <span>
                <Marked text={oneLine(line.text)} search={search} />
              </span>
            </div>
          );
        }}
      />
    </div>
  );
}

function Marked({ text, search }: { text: string; search: string }) {
  if (search.trim() === '') return text;
  return splitMatches(text, search).map((part, index) =>
    // oxlint-disable-next-line react/no-array-index-key -- parts of one line have no other identity.
    part.isMatch ? <mark key={index}>{part.text}</mark> : part.text,
  );
}
