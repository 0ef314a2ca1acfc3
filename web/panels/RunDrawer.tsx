import type { Run } from '../../schemas/generated/types.ts';
import { useRun, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { ChangeList } from './ChangeList.tsx';
import { DrawerEdge } from './DrawerEdge.tsx';
import { StepErrorNotice } from './inspector/StepErrorNotice.tsx';
import { LogPane } from './LogPane.tsx';
import { PhaseTree } from './PhaseTree.tsx';

const TABS = [
  { id: 'changes', label: 'Changes' },
  { id: 'steps', label: 'Steps' },
] as const;

/** The shown run: what changes, worst first, or what each box does, on the left; what was said on the right. */
export function RunDrawer() {
  const run = useRun((state) => state.run);
  const height = useSession((state) => state.drawerHeight);
  const asked = useSession((state) => state.logAsked);
  if (!run) return null;
  return (
    <section className="drawer" aria-label={`Run ${run.number}`} style={{ height }}>
      <DrawerEdge />
      <DrawerLeft run={run} />
      <LogPane key={asked} run={run} />
    </section>
  );
}

function DrawerLeft({ run }: { run: Run }) {
  const { session } = useWorkspace();
  const tab = useSession((state) => state.drawerTab);
  const hasFailedStep = useRun((state) => Object.values(state.steps).some((step) => step.error));
  return (
    <div className="drawer-left">
      <Tabs
        label="Parts of the run"
        tabs={TABS}
        value={tab}
        onChange={(drawerTab) => session.setState({ drawerTab })}
      />
      {run.error && !hasFailedStep && <StepErrorNotice error={run.error} />}
      {tab === 'changes' ? <ChangeList run={run} /> : <PhaseTree waves={run.waves} />}
    </div>
  );
}
