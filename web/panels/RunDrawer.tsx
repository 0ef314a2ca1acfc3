import { useRun } from '../stores/use-workspace.ts';
import { StepErrorNotice } from './inspector/StepErrorNotice.tsx';
import { LogPane } from './LogPane.tsx';
import { PhaseTree } from './PhaseTree.tsx';

/** The shown run: what each box does on the left, what was said on the right. */
export function RunDrawer() {
  const run = useRun((state) => state.run);
  const hasFailedStep = useRun((state) => Object.values(state.steps).some((step) => step.error));
  if (!run) return null;
  return (
    <section className="drawer" aria-label={`Run ${run.number}`}>
      <div className="drawer-left">
        {run.error && !hasFailedStep && <StepErrorNotice error={run.error} />}
        <PhaseTree waves={run.waves} />
      </div>
      <LogPane run={run} />
    </section>
  );
}
