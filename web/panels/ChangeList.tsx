import type { Run } from '../../schemas/generated/types.ts';
import { ACTION_SIGN, describeTotals, inDangerOrder, isDone, worstOf } from '../stores/run-view.ts';
import { select } from '../stores/session.ts';
import { useDocument, useRun, useWorkspace } from '../stores/use-workspace.ts';
import { Quiet } from '../ui/Section.tsx';

/** What the run changes or has changed, worst first: boxes that lose data, then deletes, replacements, changes, creations. */
export function ChangeList({ run }: { run: Run }) {
  const { session } = useWorkspace();
  const steps = useRun((state) => state.steps);
  const nodes = useDocument((state) => state.nodes);
  const changing = inDangerOrder(Object.values(steps), run);
  if (changing.length === 0)
    return <Quiet>{run.status === 'planning' ? 'No change found so far.' : 'Nothing changes in this run.'}</Quiet>;
  const open = (node: string) => {
    if (!(node in nodes)) return;
    select(session, { nodes: [node] });
    session.setState({ nodeTab: 'plan', reveal: { node } });
  };
  return (
    <ol className="tree" aria-label="Changes, the most dangerous first">
      {changing.map((step) => {
        const need = run.needs.find((entry) => entry.kind === 'name' && entry.node === step.node);
        const action = worstOf(step.totals);
        return (
          <li key={step.id}>
            <button type="button" className="change-row" onClick={() => open(step.node)}>
              <span className="sign" data-action={action}>
                {action && ACTION_SIGN[action]}
              </span>
              <strong>{step.name}</strong>
              <span className="step-says">{describeTotals(step.totals, isDone(step))}</span>
              {need && !isDone(step) && <span className="bad">{need.reason}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
