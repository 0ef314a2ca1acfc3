import type { RunError } from '../../../schemas/generated/types.ts';
import { resumeRun } from '../../actions/runs.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Notice } from '../../ui/Notice.tsx';

/** A failure: our sentence, the provider's own words, what to do, and the way on. */
export function StepErrorNotice({ error }: { error: RunError }) {
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
          <code>{error.detail}</code>
          <CopyButton value={error.detail} label="Copy the provider's words" />
        </div>
      )}
      {error.hint && <p>{error.hint}</p>}
      {resumeRun.isEnabled(workspace) && (
        <button type="button" className="button small" onClick={() => void resumeRun.perform(workspace)}>
          {error.retry ? 'Resume' : 'Resume after mending'}
        </button>
      )}
    </Notice>
  );
}
