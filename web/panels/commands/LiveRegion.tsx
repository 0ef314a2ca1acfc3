import { useEffect } from 'react';
import { announce } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { describeChange } from './describe-change.ts';

/** Says to screen readers what happened: every edit, by whichever way it was made. */
export function LiveRegion() {
  const { document, session } = useWorkspace();
  const text = useSession((state) => state.announcement);
  useEffect(
    () =>
      document.store.subscribe((now, before) => {
        // The history moves with every edit of this person, and with nothing else.
        if (now.past === before.past) return;
        const isUndo = now.past.length < before.past.length && now.future.length > before.future.length;
        const said = describeChange(before, now);
        if (said !== '') announce(session, isUndo ? `Taken back: ${said}` : said);
      }),
    [document, session],
  );
  return (
    <p className="unseen" role="status" aria-live="polite">
      {text}
    </p>
  );
}
