import { Handle, Position as Side } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { portKey } from '../actions/connect.ts';
import { useSession } from '../stores/use-workspace.ts';
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

/** One port: its dot on the edge and its name. While a line is drawn it lights up or dims. */
export const PortRow = memo(function PortRow(props: Props) {
  const { node, port, side, index, title, family } = props;
  // Only ports that take the line are drawn anew when a drag begins; the style dims all others.
  const fit = useSession(({ connecting }) => {
    if (!connecting) return undefined;
    if (connecting.port.node === node && connecting.port.port === port && connecting.side === side) return 'own';
    return connecting.side !== side && connecting.fits.has(portKey({ node, port })) ? 'yes' : undefined;
  });

  return (
    <div
      className={`port port-${side}`}
      data-fit={fit}
      data-missing={props.isRequired && !props.isConnected ? true : undefined}
      style={{ '--family': `var(--${family})`, top: rowCentre(index) - 11 } as CSSProperties}
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
