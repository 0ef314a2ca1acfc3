import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Need, Run, Step } from '../../schemas/generated/types.ts';
import { applyReviewed } from '../actions/runs.ts';
import { ACTION_SIGN, badgeOf, DANGER, describeTotals, inDangerOrder, totalOf } from '../stores/run-view.ts';
import { useRun, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { ResourceChanges } from './inspector/ResourceChanges.tsx';

export function ReviewDialog() {
  const { session } = useWorkspace();
  const run = useRun((state) => state.run);
  const isOpen = useSession((state) => state.dialog === 'review');
  return (
    <Modal
      opened={isOpen && run !== undefined}
      onClose={() => session.setState({ dialog: undefined })}
      title={run?.kind === 'destroy' ? 'Review and destroy' : 'Review and apply'}
      size={720}
      className="review"
    >
      {run && <Review key={run.id} run={run} />}
    </Modal>
  );
}

const nameNeeds = (run: Run) => run.needs.filter((need) => need.kind === 'name');

/** The worst come first: of a thousand boxes the rest is drawn for those who ask for it. */
const MOST_ROWS = 150;

/** All changes, worst first; where data would be lost, the name is typed before Apply opens. */
function Review({ run }: { run: Run }) {
  const workspace = useWorkspace();
  const stepsById = useRun((state) => state.steps);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [isWhole, setWhole] = useState(false);
  const steps = inDangerOrder(Object.values(stepsById), run);
  const needs = nameNeeds(run);
  const needOf = (step: Step) => needs.find((need) => need.node === step.node);
  const shown = isWhole ? steps : steps.filter((step, at) => at < MOST_ROWS || needOf(step));
  const isConfirmed = needs.every((need) => typed[need.node]?.trim() === need.name);
  const isDestroy = run.kind === 'destroy';
  const total = totalOf(run.totals);

  const submit = () => {
    if (!isConfirmed) return;
    void applyReviewed(
      workspace,
      needs.map((need) => need.name ?? need.node),
    );
  };

  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="review-totals">
        {DANGER.map((action) => (
          <span className="run-total" data-action={action} data-none={run.totals[action] === 0} key={action}>
            {ACTION_SIGN[action]}
            {run.totals[action]} {action}
          </span>
        ))}
        <span className="quiet">
          {plural(steps.length, 'box', 'boxes')} in {run.environment}, revision {run.revision}
        </span>
      </p>
      <div className="review-steps">
        {shown.map((step) => (
          <ReviewStep
            key={step.id}
            step={step}
            run={run}
            need={needOf(step)}
            typed={typed[step.node] ?? ''}
            onType={(text) => setTyped((before) => ({ ...before, [step.node]: text }))}
          />
        ))}
        {shown.length < steps.length && (
          <button type="button" className="button" onClick={() => setWhole(true)}>
            Show the other {plural(steps.length - shown.length, 'box', 'boxes')}
          </button>
        )}
      </div>
      <footer className="dialog-foot">
        {!isConfirmed && <span className="quiet">Type {plural(needs.length, 'name')} to go on.</span>}
        <button type="button" className="button" onClick={() => workspace.session.setState({ dialog: undefined })}>
          Back
        </button>
        <button
          type="submit"
          className={isDestroy ? 'button danger-primary' : 'button primary'}
          disabled={!isConfirmed}
        >
          {isDestroy ? `Destroy ${plural(total, 'resource')}` : `Apply ${plural(total, 'change')}`}
        </button>
      </footer>
    </form>
  );
}

interface StepProps {
  step: Step;
  run: Run;
  need: Need | undefined;
  typed: string;
  onType(text: string): void;
}

function ReviewStep({ step, run, need, typed, onType }: StepProps) {
  const badge = badgeOf(run, step);
  const { delete: gone, replace, change } = step.totals;
  const [isOpen, setOpen] = useState(need !== undefined || gone + replace + change > 0);
  return (
    <details className="review-step" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="sign" data-action={badge?.action}>
          {badge?.sign}
        </span>
        <strong>{step.name}</strong>
        <span className="quiet">{step.module}</span>
        <span className="review-step-says">{describeTotals(step.totals)}</span>
      </summary>
      {need && (
        <Notice tone="bad" title={need.reason}>
          {need.loses && <p>Lost: {need.loses}</p>}
          {need.stays && need.stays.length > 0 && <p>Stays: {need.stays.join(', ')}.</p>}
          <TextInput
            label={`Type ${need.name} to go on`}
            value={typed}
            autoComplete="off"
            onChange={(event) => onType(event.currentTarget.value)}
          />
        </Notice>
      )}
      {isOpen && <ResourceChanges changes={step.changes} />}
    </details>
  );
}
