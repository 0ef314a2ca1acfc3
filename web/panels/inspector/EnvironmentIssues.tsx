import { IconAlertTriangle, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import type { Issue } from '../../../schemas/generated/types.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { Quiet, Section } from '../../ui/Section.tsx';
import { goToIssue } from './go-to-issue.ts';

/** What is wrong with the graph; a click goes to its place. */
export function EnvironmentIssues() {
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
