import { memo } from 'react';
import type { BoxStatus } from '../stores/run-view.ts';
import { elapsed, formatDuration } from '../ui/format.ts';
import { StateIcon } from '../ui/StateIcon.tsx';
import { useNow } from '../ui/use-now.ts';

interface Props {
  status: BoxStatus;
  preset: string | undefined;
  differs: number;
}

/** What a box is now: state with its word, preset, and in how many fields it differs. */
export const BoxFooter = memo(function BoxFooter({ status, preset, differs }: Props) {
  const now = useNow(status.since !== undefined);
  return (
    <footer className="box-foot">
      <span className="box-state" data-state={status.state}>
        <StateIcon state={status.state} />
        {status.word}
        {status.since && <span className="number"> {formatDuration(elapsed(status.since, undefined, now))}</span>}
      </span>
      {preset && <span className="box-preset">{preset.toLowerCase()}</span>}
      {differs > 0 && (
        <span className="box-differs" title={`Differs from the preset in ${differs} field${differs === 1 ? '' : 's'}`}>
          {differs} ≠
        </span>
      )}
    </footer>
  );
});
