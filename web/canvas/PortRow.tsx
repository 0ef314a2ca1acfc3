import { Handle, Position as Side } from '@xyflow/react';
import { type CSSProperties, memo, type PointerEvent } from 'react';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { useJudge } from './connecting.ts';
import { rowCentre } from './geometry.ts';

interface Props {
  node: string;
  port: string;
  side: 'source' | 'target';
  index: number;
  title: string;
  family: string;
  isRequired: boolean;
  isConnected: boolean;
}

/** One port: its dot on the edge and its name. While a line is drawn it lights up, or dims and says why on hover. */
export const PortRow = memo(function PortRow(props: Props) {
  const { node, port, side, index, title, family } = props;
  const { session } = useWorkspace();
  const judge = useJudge();
  const isFixed = useSession(
    ({ connecting }) => connecting?.port.node === node && connecting.port.port === port && connecting.side === side,
  );
  const isDrawing = useSession((state) => state.connecting !== undefined);
  const verdict = judge({ node, port }, side);
  const fit = !isDrawing || isFixed ? undefined : verdict?.ok ? 'yes' : 'no';
  const reason = verdict && !verdict.ok ? verdict.reason : undefined;

  const showReason = (event: PointerEvent) => {
    if (reason) session.setState({ hint: { text: reason, x: event.clientX, y: event.clientY } });
  };
  const hideReason = () => {
    if (session.getState().hint) session.setState({ hint: undefined });
  };

  return (
    <div
      className={`port port-${side}`}
      data-fit={fit}
      data-missing={props.isRequired && !props.isConnected ? true : undefined}
      style={{ '--family': `var(--${family})`, top: rowCentre(index) - 11 } as CSSProperties}
      onPointerEnter={showReason}
      onPointerMove={showReason}
      onPointerLeave={hideReason}
    >
      <Handle
        id={port}
        type={side}
        position={side === 'source' ? Side.Right : Side.Left}
        className="port-dot"
        data-connected={props.isConnected}
        title={props.isRequired && !props.isConnected ? `${title}: needs a line` : title}
        style={{ top: 11 }}
      />
      <span className="port-name">{title}</span>
    </div>
  );
});
