import { useSession } from '../stores/use-workspace.ts';

/** Beside the pointer: why this port does not take the line. */
export function ConnectHint() {
  const hint = useSession((state) => state.hint);
  if (!hint) return null;
  return (
    <div className="connect-hint" role="status" style={{ left: hint.x + 14, top: hint.y + 14 }}>
      {hint.text}
    </div>
  );
}
