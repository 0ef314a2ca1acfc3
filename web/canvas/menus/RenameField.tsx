import { ViewportPortal } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { renameNode } from '../../actions/edit.ts';
import { focusInspector } from '../../actions/focus-inspector.ts';
import { useDocument, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { readFlowId } from '../groups/flow-id.ts';
import { boxRects } from '../select/box-rects.ts';

interface Props {
  /** The canvas is painted: it comes close to the box first, because a name from afar is too small to be written. */
  isFar: boolean;
}

/** Over the title of the box whose name is edited in place. */
export function RenameField({ isFar }: Props) {
  const id = useSession((state) => state.editing);
  const name = useDocument((state) => (id === undefined ? undefined : state.nodes[id]?.name));
  if (id === undefined) return null;
  if (isFar && readFlowId(id).kind === 'group') return <NamedInInspector />;
  if (name === undefined) return null;
  return (
    <ViewportPortal>
      <NearField key={id} id={id} name={name} isFar={isFar} />
    </ViewportPortal>
  );
}

/** A painted frame has no title to write in, and may be too large to come closer to: its title is a field of the inspector too. */
function NamedInInspector() {
  const { session } = useWorkspace();
  useEffect(() => {
    session.setState({ editing: undefined, isInspectorOpen: true });
    focusInspector();
  }, [session]);
  return null;
}

function NearField({ id, name, isFar }: Props & { id: string; name: string }) {
  const { session } = useWorkspace();
  const [isNearing, setNearing] = useState(isFar);
  useEffect(() => {
    if (isNearing) session.setState({ reveal: { node: id } });
  }, [session, id, isNearing]);
  if (isNearing && !isFar) setNearing(false);
  return isNearing ? null : <Field id={id} name={name} />;
}

function Field({ id, name }: { id: string; name: string }) {
  const workspace = useWorkspace();
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  const [before] = useState(name);
  const rect = boxRects(workspace).get(id);
  useEffect(() => {
    // The box may still be on its way into view; the canvas does not scroll.
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  if (!rect) return null;

  const end = (isKept: boolean, isByKey: boolean) => {
    // Taking the field away blurs it.
    if (isOver.current) return;
    isOver.current = true;
    const typed = field.current?.value ?? before;
    // Where nothing was typed, a name that somebody else gave in the meantime stands.
    if (isKept && typed !== before) renameNode(workspace, id, typed);
    workspace.session.setState({ editing: undefined });
    if (isByKey) workspace.session.getState().view?.focus({ kind: 'box', id });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') end(true, true);
    if (event.key === 'Escape') end(false, true);
  };
  return (
    <input
      ref={field}
      className="rename-field nodrag nopan nowheel"
      aria-label={`Name of ${before}`}
      defaultValue={before}
      maxLength={60}
      style={{ left: rect.x + 42, top: rect.y + 7, width: rect.width - 50 }}
      onBlur={() => end(true, false)}
      onKeyDown={onKeyDown}
    />
  );
}
