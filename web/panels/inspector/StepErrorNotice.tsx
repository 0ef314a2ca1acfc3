import type { RunError, Step } from '../../../schemas/generated/types.ts';
import { resumeRun } from '../../actions/runs.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { LikelyCauses } from './LikelyCauses.tsx';

interface Props {
  error: RunError;
  /** Whose error it is; absent where the whole run failed. */
  step?: Pick<Step, 'node'>;
}

/** A failure: our sentence, the provider's own words, what most likely caused it, what to do, and the way on. */
export function StepErrorNotice({ error, step }: Props) {
  const workspace = useWorkspace();
  return (
    <Notice tone="bad" title={error.message}>
      {error.address && (
        <p>
          At <code>{error.address}</code>
        </p>
      )}
      {error.detail && (
        <div className="provider-words">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <code tabIndex={0} role="group" aria-label="The provider's words">
            {error.detail}
          </code>
          <CopyButton value={error.detail} label="Copy the provider's words" />
        </div>
      )}
      {step && <LikelyCauses error={error} step={step} />}
      {error.hint && <p>{error.hint}</p>}
      {resumeRun.isEnabled(workspace) && (
        <button type="button" className="button small" onClick={() => void resumeRun.perform(workspace)}>
          {error.retry ? 'Resume' : 'Resume after mending'}
        </button>
      )}
    </Notice>
  );
}
