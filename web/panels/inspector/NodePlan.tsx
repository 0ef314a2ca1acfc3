import type { GraphNode, Need, Run, Step } from '../../../schemas/generated/types.ts';
import { planChanges } from '../../actions/runs.ts';
import { describeTotals, isDone as hasDone, totalOf } from '../../stores/run-view.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Quiet, Section } from '../../ui/Section.tsx';
import { NodeName } from './NodeName.tsx';
import { ResourceChanges } from './ResourceChanges.tsx';
import { StepErrorNotice } from './StepErrorNotice.tsx';

const NOTHING: Partial<Record<Step['status'], string>> = {
  planned: 'Nothing changes here.',
  succeeded: 'Nothing was changed here.',
};

export function NodePlan({ node }: { node: GraphNode }) {
  const workspace = useWorkspace();
  const run = useRun((state) => state.run);
  const step = useRun((state) => state.steps[node.id] ?? state.steps[`~${node.id}`]);
  if (!run || !step) {
    return (
      <Section title="Plan">
        <Quiet>No plan speaks of this box yet.</Quiet>
        <button type="button" className="button" onClick={() => void planChanges.perform(workspace)}>
          Plan
        </button>
      </Section>
    );
  }
  const need = run.needs.find((entry) => entry.kind === 'name' && entry.node === node.id);
  const total = totalOf(step.totals);
  const isDone = hasDone(step);
  return (
    <>
      {need && !isDone && <NeedNotice need={need} />}
      {step.error && <StepErrorNotice error={step.error} step={step} />}
      <Because step={step} run={run} isDone={isDone} />
      <Section
        title={isDone ? `What run ${run.number} did` : 'Resources'}
        aside={total > 0 ? describeTotals(step.totals, isDone) : undefined}
      >
        {total === 0 && <Quiet>{step.reason ?? NOTHING[step.status] ?? 'Nothing is known yet.'}</Quiet>}
        <ResourceChanges changes={step.changes} isDone={isDone} />
      </Section>
      <Reaches node={node} run={run} isDone={isDone} />
    </>
  );
}

function NeedNotice({ need }: { need: Need }) {
  return (
    <Notice tone="bad" title={need.reason}>
      {need.loses && <p>Lost: {need.loses}</p>}
      {need.stays && need.stays.length > 0 && <p>Stays: {need.stays.join(', ')}.</p>}
      <p>To go on, type its name when you approve.</p>
    </Notice>
  );
}

function Because({ step, run, isDone }: { step: Step; run: Run; isDone: boolean }) {
  const forced = step.changes.flatMap((change) =>
    change.attributes.filter((attribute) => attribute.replaces).map((attribute) => attribute.path),
  );
  const unknown = step.unknownInputs ?? [];
  if (forced.length === 0 && unknown.length === 0) return null;
  return (
    <Section title="Because" aside={`run ${run.number}`}>
      {forced.length > 0 && (
        <p className="because">
          <code>{[...new Set(forced)].join(', ')}</code> {isDone ? 'could' : 'can'}not be changed in place.
        </p>
      )}
      {unknown.length > 0 && (
        <p className="because">
          {plural(unknown.length, 'value')} from upstream{' '}
          {isDone ? 'became known during the run' : `${unknown.length === 1 ? 'is' : 'are'} known after apply`}.
        </p>
      )}
    </Section>
  );
}

function Reaches({ node, run, isDone }: { node: GraphNode; run: Run; isDone: boolean }) {
  const connections = useDocument((state) => state.connections);
  const steps = useRun((state) => state.steps);
  const waiting = [
    ...new Set(
      Object.values(connections)
        .filter((line) => line.from.node === node.id)
        .map((l) => l.to.node),
    ),
  ];
  if (waiting.length === 0 || run.kind === 'destroy') return null;
  return (
    <Section
      title={isDone ? 'What it reached' : 'What it reaches'}
      aside={waiting.length === 1 ? '1 box takes from it' : `${waiting.length} boxes take from it`}
    >
      {waiting.map((id) => {
        const step = steps[id];
        const total = step ? totalOf(step.totals) : 0;
        const wasChanged = step !== undefined && hasDone(step);
        return (
          <div className="row-plain" key={id}>
            <NodeName id={id} />
            <span>
              {total > 0 ? `${plural(total, 'resource')} ${wasChanged ? 'changed' : 'to change'}` : 'unchanged'}
            </span>
          </div>
        );
      })}
    </Section>
  );
}
