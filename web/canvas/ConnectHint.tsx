import { useEffect, useState } from 'react';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import type { Workspace } from '../stores/workspace.ts';
import { answerAt, type DropAnswer, type Target, targetAt } from './connecting.ts';

interface Hint {
  text: string;
  x: number;
  y: number;
}

const SAID_MS = 5000;

/** Beside the pointer: what letting go would do here, or why not; and after a drop that was refused, the reason. */
export function ConnectHint() {
  const workspace = useWorkspace();
  const connecting = useSession((state) => state.connecting);
  const said = useSession((state) => state.hint);
  const [hovered, setHovered] = useState<Hint>();

  useEffect(() => {
    if (!connecting) return;
    const follow = watchPointer(workspace, setHovered);
    return () => {
      follow.stop();
      setHovered(undefined);
    };
  }, [connecting, workspace]);

  useEffect(() => {
    if (!said) return;
    const clear = () => workspace.session.setState({ hint: undefined });
    const timer = setTimeout(clear, SAID_MS);
    window.addEventListener('pointerdown', clear);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerdown', clear);
    };
  }, [said, workspace]);

  const hint = connecting ? hovered : said;
  return (
    <div role="status">
      {hint && (
        <div className="connect-hint" style={{ left: hint.x + 14, top: hint.y + 14 }}>
          {hint.text}
        </div>
      )}
    </div>
  );
}

function sentence(workspace: Workspace, answer: DropAnswer, target: Target): string | undefined {
  if (answer.kind === 'refuse') return answer.reason;
  if (answer.kind === 'ask') return `${answer.count} ports take it. Let go to choose.`;
  if (answer.kind !== 'take' || target.kind !== 'boxes') return undefined;
  const node = workspace.document.content().nodes[answer.port.node];
  const manifest = node && workspace.library.catalog.findModule(node.module, node.version);
  const port = manifest?.inputs[answer.port.port] ?? manifest?.outputs[answer.port.port];
  const title = port?.title ?? answer.port.port;
  // In a collapsed group nobody sees which box it is.
  return `Let go to connect to ${node && node.name !== target.name ? `${title} of ${node.name}` : title}.`;
}

/** Marks the box under the pointer with what a drop would do; Escape gives the line up. */
function watchPointer(workspace: Workspace, show: (hint: Hint | undefined) => void) {
  const { session } = workspace;
  let marked: HTMLElement | undefined;
  const mark = (box: HTMLElement | undefined, drop: string) => {
    if (marked && marked !== box) delete marked.dataset.drop;
    if (box) box.dataset.drop = drop;
    marked = box;
  };
  const onMove = (event: PointerEvent) => {
    const { connecting } = session.getState();
    const element = document.elementFromPoint(event.clientX, event.clientY);
    const target = connecting && targetAt(workspace, element, connecting.side);
    const answer = target && answerAt(workspace, connecting, target);
    const text = answer && sentence(workspace, answer, target);
    const box = element?.closest<HTMLElement>('.react-flow__node') ?? undefined;
    mark(answer && answer.kind !== 'offer' ? box : undefined, answer?.kind ?? '');
    show(text ? { text, x: event.clientX, y: event.clientY } : undefined);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    session.setState({ connecting: undefined });
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('keydown', onKey, true);
  return {
    stop() {
      mark(undefined, '');
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('keydown', onKey, true);
    },
  };
}
