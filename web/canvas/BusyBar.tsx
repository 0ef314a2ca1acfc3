import { IconLoader2 } from '@tabler/icons-react';
import { useSession } from '../stores/use-workspace.ts';

/** What the canvas is about, when it takes longer than a moment. */
export function BusyBar() {
  const busy = useSession((state) => state.busy);
  if (!busy) return null;
  return (
    <div className="busy-bar" role="status">
      <IconLoader2 className="spins" size={15} stroke={1.75} aria-hidden />
      {busy.text}
      <button type="button" className="button small" onClick={() => busy.cancel()}>
        Stop
      </button>
    </div>
  );
}
