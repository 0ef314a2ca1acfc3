import { IconAlertTriangle, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { Run } from '../../schemas/generated/types.ts';
import { cancelRun, discardPlan, resumeRun } from '../actions/runs.ts';
import { ZoomMark } from '../canvas/ZoomMark.tsx';
import {
  ACTION_SIGN,
  canApply,
  DANGER,
  isOverlay,
  isRunning,
  kindWord,
  progressOf,
  totalOf,
} from '../stores/run-view.ts';
import { select } from '../stores/session.ts';
import { useRun, useSession, useSync, useWorkspace } from '../stores/use-workspace.ts';
import { elapsed, formatAgo, formatDuration, plural } from '../ui/format.ts';
import { StateIcon } from '../ui/StateIcon.tsx';
import { useNow } from '../ui/use-now.ts';

/** The last run in one line; opens into the drawer. */
export function RunBar() {
  const { session } = useWorkspace();
  const run = useRun((state) => state.run);
  const issues = useRun((state) => state.issues.length);
  const isOpen = useSession((state) => state.isDrawerOpen);
  const toggle = () => session.setState({ isDrawerOpen: !isOpen });
  return (
    <footer className="run-bar" data-open={isOpen}>
      {run ? <RunLine run={run} onToggle={toggle} isOpen={isOpen} /> : <span className="quiet">No run yet</span>}
      <RunProgress />
      <span className="spring" />
      {run && <RunButtons />}
      {!isOpen && (
        <>
          <button type="button" className="bar-button" onClick={() => select(session, {})} data-some={issues > 0}>
            {issues > 0 && <IconAlertTriangle size={14} stroke={1.75} aria-hidden />}
            Issues {issues}
          </button>
          <ZoomMark />
        </>
      )}
      {run && (
        <button
          type="button"
          className="icon-button small"
          aria-label={isOpen ? 'Close the run' : 'Open the run'}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          {isOpen ? <IconChevronDown size={16} stroke={1.75} /> : <IconChevronUp size={16} stroke={1.75} />}
        </button>
      )}
    </footer>
  );
}

function RunLine({ run, onToggle, isOpen }: { run: Run; onToggle(): void; isOpen: boolean }) {
  const now = useNow(isRunning(run));
  const time = formatDuration(elapsed(run.createdAt, run.endedAt, now));
  const names = run.needs.filter((need) => need.kind === 'name').length;
  return (
    <button type="button" className="run-line" onClick={onToggle} aria-expanded={isOpen}>
      <RunState run={run} />
      <strong>Run {run.number}</strong>
      <span className="run-kind">{kindWord(run)}</span>
      {isOverlay(run) ? (
        // Beside a progress there is no room for what is not there.
        DANGER.toReversed()
          .filter((action) => !isRunning(run) || run.totals[action] > 0)
          .map((action) => (
            <span className="run-total" data-action={action} data-none={run.totals[action] === 0} key={action}>
              {ACTION_SIGN[action]}
              {run.totals[action]} {action}
            </span>
          ))
      ) : (
        <RunSentence run={run} now={now} />
      )}
      {names > 0 && run.status === 'waiting' && (
        <span className="run-needs">
          <IconAlertTriangle size={14} stroke={1.75} aria-hidden /> {plural(names, 'needs', 'need')} your word
        </span>
      )}
      {isRunning(run) && <span className="number quiet">{time}</span>}
    </button>
  );
}

/** How far the run is, with what it does now: no turning wheel without a sentence. */
function RunProgress() {
  const run = useRun((state) => state.run);
  const steps = useRun((state) => state.steps);
  const progress = progressOf(run, steps);
  if (!progress) return null;
  const { done, all, says } = progress;
  return (
    <span className="run-progress">
      <progress value={done} max={Math.max(all, 1)} aria-label={says} />
      <span className="number">
        {done} of {all}
      </span>
      <span className="quiet clip">{says}</span>
    </span>
  );
}

function RunState({ run }: { run: Run }) {
  if (isRunning(run)) return <StateIcon state="busy" size={16} />;
  if (run.status === 'failed')
    return (
      <span className="bad">
        <StateIcon state="failed" size={16} />
      </span>
    );
  if (run.status === 'succeeded')
    return (
      <span className="ok">
        <StateIcon state="live" size={16} />
      </span>
    );
  return <StateIcon state={run.status === 'cancelled' ? 'blocked' : 'none'} size={16} />;
}

function RunSentence({ run, now }: { run: Run; now: number }) {
  const time = run.endedAt ? formatDuration(elapsed(run.createdAt, run.endedAt, now)) : '';
  const total = totalOf(run.totals);
  const words = {
    succeeded: total === 0 ? 'nothing to change' : run.kind === 'destroy' ? 'destroyed' : 'applied',
    failed: run.error?.message ?? 'failed',
    cancelled: run.approvedAt ? 'cancelled' : 'discarded',
    planning: 'planning',
    applying: 'applying',
    waiting: 'waits for you',
  }[run.status];
  return (
    <span className="quiet clip">
      {words} by {run.by} {formatAgo(run.endedAt ?? run.createdAt, now)}
      {time && ` · ${time}`}
    </span>
  );
}

function RunButtons() {
  const workspace = useWorkspace();
  const run = useRun((state) => state.run);
  const revision = useSync((state) => state.revision);
  const isStale = run?.status === 'waiting' && !canApply(run, revision);
  const buttons = [cancelRun, discardPlan, resumeRun].filter((action) => action.isEnabled(workspace));
  return (
    <>
      {isStale && <span className="quiet">The graph has changed since this plan.</span>}
      {buttons.map((action) => (
        <button key={action.id} type="button" className="button small" onClick={() => void action.perform(workspace)}>
          {action.label}
        </button>
      ))}
    </>
  );
}
