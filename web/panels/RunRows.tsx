import type { RunHead } from '../../schemas/generated/types.ts';
import { describeFailure } from '../api/failure.ts';
import { describeTotals, isRunning, kindWord } from '../stores/run-view.ts';
import { useRun, useWorkspace } from '../stores/use-workspace.ts';
import { formatAgo } from '../ui/format.ts';
import { notifyProblem } from '../ui/notify.tsx';
import { Quiet } from '../ui/Section.tsx';
import { StepIcon } from '../ui/StateIcon.tsx';

const ICON = {
  planning: 'running',
  applying: 'running',
  waiting: 'planned',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
} as const;

/** Past runs, newest first; a click shows one on the canvas and in the drawer. */
export function RunRows({ limit = 20 }: { limit?: number }) {
  const workspace = useWorkspace();
  const runs = useRun((state) => state.runs);
  const shown = useRun((state) => state.run?.id);
  const isBusy = useRun((state) => isRunning(state.run));
  const show = (run: RunHead) => {
    workspace.session.setState({ isDrawerOpen: true, logStep: undefined });
    workspace.openRun(run.id).catch((error) => notifyProblem('The run cannot be shown.', describeFailure(error)));
  };
  if (runs.length === 0) return <Quiet>No run yet. Plan says what would happen, and changes nothing.</Quiet>;
  return runs.slice(0, limit).map((run) => (
    <button
      type="button"
      className="row-button"
      key={run.id}
      aria-current={run.id === shown || undefined}
      disabled={isBusy && run.id !== shown}
      onClick={() => show(run)}
    >
      <span className="node-name">
        <StepIcon status={ICON[run.status]} />
        <strong>Run {run.number}</strong>
        <span className="quiet">{kindWord(run)}</span>
      </span>
      <span>
        {run.status === 'succeeded' ? describeTotals(run.totals, true) : run.status},{' '}
        {formatAgo(run.createdAt, Date.now())}
      </span>
    </button>
  ));
}
