import { useShallow } from 'zustand/react/shallow';
import { useRun } from '../../stores/use-workspace.ts';
import { Notice } from '../../ui/Notice.tsx';

/** What is wrong with one box or line, with how to mend it. */
export function IssueNotices({ node, connection }: { node?: string; connection?: string }) {
  const issues = useRun(
    useShallow((state) =>
      state.issues.filter((issue) =>
        connection ? issue.connection === connection : issue.node === node && !issue.connection,
      ),
    ),
  );
  return issues.map((issue) => (
    <Notice key={issue.code + issue.path} tone={issue.blocks === 'nothing' ? 'info' : 'warn'} title={issue.message}>
      <p>{issue.fix}</p>
    </Notice>
  ));
}
