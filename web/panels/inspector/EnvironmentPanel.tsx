import { askDestroy, lookForDrift } from '../../actions/runs.ts';
import type { EnvironmentTab } from '../../stores/session.ts';
import { useDocument, useRun, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import type { Workspace } from '../../stores/workspace.ts';
import { plural } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { RunRows } from '../RunRows.tsx';
import { DeployRole } from './DeployRole.tsx';
import { EnvironmentAccess } from './EnvironmentAccess.tsx';
import { EnvironmentDefaults } from './EnvironmentDefaults.tsx';
import { EnvironmentEngine } from './EnvironmentEngine.tsx';
import { EnvironmentIdentity } from './EnvironmentIdentity.tsx';
import { EnvironmentIssues } from './EnvironmentIssues.tsx';
import { EnvironmentTags } from './EnvironmentTags.tsx';

const TARGETS = { sandbox: 'Sandbox, inside this server', aws: 'AWS', 'aws-endpoint': 'AWS-compatible endpoint' };

const TABS: readonly { id: EnvironmentTab; label: string }[] = [
  { id: 'overview', label: 'Overview' },
  { id: 'access', label: 'Access' },
];

/** Nothing selected: the environment itself, what is wrong with its graph, and who may do what in it. */
export function EnvironmentPanel() {
  const { session } = useWorkspace();
  const environment = useRun((state) => state.environment);
  const tab = useSession((state) => state.environmentTab);
  return (
    <>
      <header className="inspector-head">
        <h2>
          <span className="dot" data-class={environment.class} />
          {environment.name}
        </h2>
      </header>
      <Tabs
        label={`About ${environment.name}`}
        tabs={TABS}
        value={tab}
        onChange={(environmentTab) => session.setState({ environmentTab })}
      />
      <div className="inspector-body" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        {tab === 'overview' ? <Overview /> : <EnvironmentAccess />}
      </div>
    </>
  );
}

function Overview() {
  const workspace = useWorkspace();
  const environment = useRun((state) => state.environment);
  const { target } = environment;
  return (
    <>
      <EnvironmentIssues />
      <Section title="Target" aside={environment.class}>
        <dl className="values">
          <Row name="Cloud" value={TARGETS[target.kind]} />
          <Row name="Region" value={target.region} />
          {target.kind !== 'sandbox' && <Row name="Made for account" value={target.account} />}
          {target.endpoint && <Row name="Endpoint" value={target.endpoint} />}
        </dl>
      </Section>
      <EnvironmentIdentity />
      <EnvironmentEngine />
      <DeployRole />
      <EnvironmentDefaults />
      <EnvironmentTags />
      <Removed />
      <Section title="Runs">
        <RunRows limit={8} />
      </Section>
      <Deployed workspace={workspace} />
    </>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="plain">{name}</dt>
      <dd title={value}>{value}</dd>
    </div>
  );
}

/** Boxes that are no longer drawn and still deployed: the next apply deletes them. */
function Removed() {
  const runtime = useRun((state) => state.runtime);
  const nodes = useDocument((state) => state.nodes);
  const removed = Object.values(runtime).filter((entry) => !nodes[entry.node]);
  if (removed.length === 0) return null;
  return (
    <Section title="Deployed, no longer drawn" aside={plural(removed.length, 'box', 'boxes')}>
      <Quiet>The next apply deletes {removed.map((entry) => entry.name ?? entry.node).join(', ')}.</Quiet>
    </Section>
  );
}

/** What can be done with what stands in the cloud. */
function Deployed({ workspace }: { workspace: Workspace }) {
  const count = useRun((state) => Object.keys(state.runtime).length);
  if (count === 0) return null;
  return (
    <>
      <Section title="Drift">
        <Quiet>
          Asks the cloud about every box, also those that nothing was changed in. The plan puts back what others changed
          or deleted.
        </Quiet>
        <button type="button" className="button" onClick={() => void lookForDrift.perform(workspace)}>
          {lookForDrift.label}
        </button>
      </Section>
      <Section title="End of life">
        <Quiet>Plans to destroy what is deployed. Nothing happens before you have reviewed it.</Quiet>
        <button type="button" className="button danger" onClick={() => void askDestroy.perform(workspace)}>
          Plan to destroy {plural(count, 'box', 'boxes')}
        </button>
      </Section>
    </>
  );
}
