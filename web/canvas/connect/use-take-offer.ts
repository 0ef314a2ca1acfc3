import type { Position } from '../../../schemas/generated/types.ts';
import { asLine, connectPorts, placeOnLine } from '../../actions/connect.ts';
import type { ConnectMenu, LineEnd } from '../../stores/session.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import type { Workspace } from '../../stores/workspace.ts';
import { BOX_WIDTH, rowCentre, shapeOf } from '../geometry.ts';
import type { Offer } from './offers.ts';

const GAP = 96;

/** Does what was chosen: draws the line, or adds the module with it; the keyboard goes there. */
export function useTakeOffer() {
  const workspace = useWorkspace();
  return (menu: ConnectMenu, { end, other }: Offer): void => {
    const { session } = workspace;
    session.setState({ connectMenu: undefined });
    if (other.kind === 'port') {
      const { from, to } = asLine(end, other.at);
      const answer = connectPorts(workspace, from, to, menu.line);
      if ('reason' in answer) session.setState({ hint: { text: answer.reason, ...(menu.at ?? { x: 0, y: 0 }) } });
      else if (!menu.place) session.getState().view?.focus({ kind: 'line', id: answer.id });
      return;
    }
    const box = placeOnLine(workspace, end, other, placeOf(workspace, menu, end, other), menu.line);
    // Whoever let the line go there sees the place: the canvas must not move under the pointer.
    if (box && !menu.place) session.getState().view?.focus({ kind: 'box', id: box });
  };
}

/** So that the port lies where the line was let go, else beside the box that the line leaves. */
function placeOf(
  { document }: Workspace,
  menu: ConnectMenu,
  end: LineEnd,
  { module, port }: Extract<Offer['other'], { kind: 'module' }>,
): Position {
  const isInput = end.side === 'source';
  const shape = shapeOf(module.manifest, new Set([port]), false);
  const row = (isInput ? shape.inputs : shape.outputs).indexOf(port);
  if (menu.place) return { x: menu.place.x - (isInput ? 0 : BOX_WIDTH), y: menu.place.y - rowCentre(Math.max(row, 0)) };
  const beside = document.content().positions[end.port.node] ?? { x: 0, y: 0 };
  return { x: beside.x + (isInput ? 1 : -1) * (BOX_WIDTH + GAP), y: beside.y };
}
