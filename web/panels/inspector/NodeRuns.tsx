import { useEffect, useState } from 'react';
import type { RunHead } from '../../../schemas/generated/types.ts';
import { describeFailure } from '../../api/failure.ts';
import { describeStepHead, isRunning } from '../../stores/run-view.ts';
import { showLog } from '../../stores/session.ts';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { elapsed, formatAgo, formatDuration } from '../../ui/format.ts';
import { notifyProblem } from '../../ui/notify.tsx';
import { Quiet, Section } from '../../ui/Section.tsx';
import { StepIcon } from '../../ui/StateIcon.tsx';

/** This box in the shown run, phase by phase, and every run that had a step for it. */
export function NodeRuns({ id }: { id: string }) {
  const { session } = useWorkspace();
  const run = useRun((state) => state.run);
  const step = useRun((state) => state.steps[id] ?? state.steps[`~${id}`]);
  return (
    <>
      {run && step && (
        <Section title={`In run ${run.number}`} aside={step.status}>
          {step.phases.length === 0 && <Quiet>{step.reason ?? 'Nothing has begun.'}</Quiet>}
          {step.phases.map((phase) => (
            <div className="row-plain" key={`${phase.name}${phase.startedAt}`}>
              <strong>{phase.name}</strong>
              <span className="number">
                {phase.status === 'succeeded' ? '' : `${phase.status} `}
                {formatDuration(elapsed(phase.startedAt, phase.endedAt, Date.now()))}
              </span>
            </div>
          ))}
          <button type="button" className="link-button" onClick={() => showLog(session, step.id)}>
            Show its log
          </button>
        </Section>
      )}
      <Section title="Runs of this box">
        <History id={id} />
      </Section>
    </>
  );
}

/** What each run did to the box, the newest first; a click shows the run with the log of the box. */
function History({ id }: { id: string }) {
  const workspace = useWorkspace();
  const { environment, session, openRun } = workspace;
  // Another run, or one that has gone on, may have done something to the box.
  const heads = useRun((state) => state.runs);
  const status = useRun((state) => state.run?.status);
  const isBusy = useRun((state) => isRunning(state.run));
  const shown = useRun((state) => state.run?.id);
  const [runs, setRuns] = useState<readonly RunHead[] | string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when runs change
  useEffect(() => {
    let isGone = false;
    const take = (answer: readonly RunHead[] | string) => !isGone && setRuns(answer);
    environment.runsOf(id).then(take, (error) => take(describeFailure(error)));
    return () => {
      isGone = true;
    };
  }, [environment, id, heads, status]);
  if (runs === undefined) return <Quiet>Reading the runs.</Quiet>;
  if (typeof runs === 'string') return <Quiet>The runs cannot be read: {runs}</Quiet>;
  if (runs.length === 0) return <Quiet>No run has had a step for this box yet.</Quiet>;
  const show = (run: RunHead) => {
    showLog(session, run.step?.id);
    openRun(run.id).catch((error) => notifyProblem('The run cannot be shown.', describeFailure(error)));
  };
  return runs.map((run) => (
    <button
      type="button"
      className="row-button"
      key={`${run.id}${run.step?.id}`}
      aria-current={run.id === shown || undefined}
      disabled={isBusy && run.id !== shown}
      title={run.step?.reason}
      onClick={() => show(run)}
    >
      <span className="node-name">
        <StepIcon status={run.step?.status ?? 'pending'} />
        <strong>Run {run.number}</strong>
      </span>
      <span>
        {run.step && describeStepHead(run.step)}, {formatAgo(run.step?.endedAt ?? run.createdAt, Date.now())}
      </span>
    </button>
  ));
}
