import { useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { elapsed, formatDuration } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { RunRows } from '../RunRows.tsx';

/** This box in the shown run, phase by phase, and the environment's runs. */
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
          <button
            type="button"
            className="link-button"
            onClick={() => session.setState({ isDrawerOpen: true, logStep: step.id })}
          >
            Show its log
          </button>
        </Section>
      )}
      <Section title="Runs of this environment">
        <RunRows />
      </Section>
    </>
  );
}
