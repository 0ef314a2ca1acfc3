import { IconAlertTriangle, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import type { Issue } from '../../../schemas/generated/types.ts';
import { askDestroy } from '../../actions/runs.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { RunRows } from '../RunRows.tsx';
import { goToIssue } from './go-to-issue.ts';

const TARGETS = { sandbox: 'Sandbox, inside this server', aws: 'AWS', 'aws-endpoint': 'AWS-compatible endpoint' };

/** Nothing selected: the environment itself, and what is wrong with its graph. */
export function EnvironmentPanel() {
  const workspace = useWorkspace();
  const environment = useRun((state) => state.environment);
  const { target } = environment;
  const tags = Object.entries(environment.tags);
  return (
    <>
      <header className="inspector-head">
        <h2>
          <span className="dot" data-class={environment.class} />
          {environment.name}
        </h2>
      </header>
      <div className="inspector-body">
        <Issues />
        <Section title="Environment" aside={environment.class}>
          <dl className="values">
            <Row name="Target" value={TARGETS[target.kind]} />
            <Row name="Region" value={target.region} />
            {target.kind !== 'sandbox' && <Row name="Account" value={target.account} />}
            {target.endpoint && <Row name="Endpoint" value={target.endpoint} />}
            <Row name="Engine" value={environment.engine === 'tofu' ? 'OpenTofu' : 'Terraform'} />
            <Row name="Data" value={environment.protection ? 'protected' : 'not protected'} />
            <Row name="Approval" value={environment.approval === 'ask' ? 'every change set' : 'by who runs it'} />
          </dl>
        </Section>
        {tags.length > 0 && (
          <Section title="Tags">
            <dl className="values">
              {tags.map(([key, value]) => (
                <Row key={key} name={key} value={value} />
              ))}
            </dl>
          </Section>
        )}
        <Removed />
        <Section title="Runs">
          <RunRows limit={8} />
        </Section>
        <DestroyRow onPlan={() => void askDestroy.perform(workspace)} />
      </div>
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

function Issues() {
  const workspace = useWorkspace();
  const issues = useRun((state) => state.issues);
  const nodes = useDocument((state) => state.nodes);
  const nameOf = (issue: Issue) => (issue.node && nodes[issue.node]?.name) ?? issue.node ?? issue.connection ?? 'Graph';
  if (issues.length === 0) {
    return (
      <Section title="Issues" aside="0">
        <p className="all-well">
          <IconCircleCheck size={16} stroke={1.75} aria-hidden /> Every line fits and every setting is valid.
        </p>
      </Section>
    );
  }
  return (
    <Section title="Issues" aside={`${issues.length}`}>
      {issues.slice(0, 50).map((issue) => (
        <button
          type="button"
          className="issue"
          key={`${issue.code}${issue.path}${issue.message}`}
          data-blocks={issue.blocks}
          onClick={() => goToIssue(workspace, issue)}
        >
          <IconAlertTriangle size={15} stroke={1.75} aria-hidden />
          <span>
            <strong>{nameOf(issue)}</strong>
            {issue.message.replace(`${nameOf(issue)}: `, '')}
            <em>{issue.fix}</em>
          </span>
          <IconChevronRight size={14} stroke={1.75} aria-hidden />
        </button>
      ))}
      {issues.length > 50 && <Quiet>And {issues.length - 50} more.</Quiet>}
    </Section>
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

function DestroyRow({ onPlan }: { onPlan(): void }) {
  const count = useRun((state) => Object.keys(state.runtime).length);
  if (count === 0) return null;
  return (
    <Section title="End of life">
      <Quiet>Plans to destroy what is deployed. Nothing happens before you have reviewed it.</Quiet>
      <button type="button" className="button danger" onClick={onPlan}>
        Plan to destroy {plural(count, 'box', 'boxes')}
      </button>
    </Section>
  );
}
