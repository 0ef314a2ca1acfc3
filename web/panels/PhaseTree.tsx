import { memo } from 'react';
import type { Phase, Step } from '../../schemas/generated/types.ts';
import { stepSummary } from '../stores/run-view.ts';
import { select } from '../stores/session.ts';
import { useDocument, useRun, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { elapsed, formatDuration } from '../ui/format.ts';
import { StepIcon } from '../ui/StateIcon.tsx';
import { useNow } from '../ui/use-now.ts';

const PHASE_STEP = { running: 'running', succeeded: 'succeeded', failed: 'failed', cancelled: 'cancelled' } as const;

/** Waves, steps and phases of a run, with how long each took. A step opens into its phases. */
export function PhaseTree({ waves }: { waves: readonly (readonly string[])[] }) {
  return (
    <ol className="tree" aria-label="Steps">
      {waves.map((wave, index) => (
        <li key={wave.join()}>
          {waves.length > 1 && <span className="wave">wave {index + 1}</span>}
          {wave.map((id) => (
            <StepRow key={id} id={id} />
          ))}
        </li>
      ))}
    </ol>
  );
}

const StepRow = memo(function StepRow({ id }: { id: string }) {
  const { session } = useWorkspace();
  const step = useRun((state) => state.steps[id]);
  const isOpen = useSession((state) => state.logStep === id);
  const isDrawn = useDocument((state) => step !== undefined && step.node in state.nodes);
  const now = useNow(step?.status === 'running');
  if (!step) return null;
  const toggle = () => {
    session.setState({ logStep: isOpen ? undefined : id, nodeTab: 'plan' });
    if (!isOpen && isDrawn) select(session, { nodes: [step.node] });
  };
  return (
    <>
      <button type="button" className="step" aria-expanded={isOpen} data-status={step.status} onClick={toggle}>
        <StepIcon status={step.status} />
        <strong>{step.name}</strong>
        <span className="step-says" title={stepSummary(step)}>
          {step.action === 'destroy' && step.changes.length === 0 ? 'to be deleted' : stepSummary(step)}
        </span>
        <span className="number">{step.startedAt && formatDuration(elapsed(step.startedAt, step.endedAt, now))}</span>
      </button>
      {(isOpen || step.error) && <Phases step={step} phases={isOpen ? step.phases : []} now={now} />}
    </>
  );
});

function Phases({ step, phases, now }: { step: Step; phases: readonly Phase[]; now: number }) {
  return (
    <ul className="phases">
      {phases.map((phase) => (
        <li key={`${phase.name}${phase.startedAt}`}>
          <StepIcon status={PHASE_STEP[phase.status]} size={13} />
          <span>{phase.name}</span>
          <span className="step-says">{phase.note}</span>
          <span className="number">{formatDuration(elapsed(phase.startedAt, phase.endedAt, now))}</span>
        </li>
      ))}
      {step.error && (
        <li className="phase-error">
          {step.error.detail && <code>{step.error.detail}</code>}
          {step.error.hint && <span>{step.error.hint}</span>}
        </li>
      )}
    </ul>
  );
}
