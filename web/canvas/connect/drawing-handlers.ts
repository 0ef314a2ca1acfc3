import type { Edge, Connection as FlowConnection, OnConnectEnd, OnConnectStart, ReactFlowProps } from '@xyflow/react';
import type { PortRef, Position } from '../../../schemas/generated/types.ts';
import { asLine, connectPorts, portKey, startLine } from '../../actions/connect.ts';
import type { Connecting } from '../../stores/session.ts';
import type { Workspace } from '../../stores/workspace.ts';
import { answerAt, targetAt } from '../connecting.ts';

/** The loose end of a line that React Flow reports; its fixed end may be the port of a collapsed group, not of a box. */
const looseEnd = (line: FlowConnection | Edge, { side }: Connecting): PortRef =>
  side === 'source'
    ? { node: line.target, port: line.targetHandle ?? '' }
    : { node: line.source, port: line.sourceHandle ?? '' };

type Handlers = Required<
  Pick<ReactFlowProps, 'onConnectStart' | 'onConnect' | 'onConnectEnd' | 'onReconnectStart' | 'onReconnect'>
> & { isValidConnection(line: FlowConnection | Edge): boolean };

/** A line from its pull to its drop: on a port, on a box, on empty canvas, or given up. */
export function drawingHandlers(workspace: Workspace, toCanvas: (place: Position) => Position): Handlers {
  const { session } = workspace;
  const pulled: { line?: string } = {};
  const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
    if (!nodeId || !handleId || !handleType) return;
    const moved = pulled.line === undefined ? undefined : workspace.document.content().connections[pulled.line];
    const port = moved ? (handleType === 'source' ? moved.from : moved.to) : { node: nodeId, port: handleId };
    startLine(workspace, { port, side: handleType }, pulled.line);
  };
  const connectLine = (line: FlowConnection) => {
    const { connecting } = session.getState();
    if (!connecting) return;
    const { from, to } = asLine(connecting, looseEnd(line, connecting));
    connectPorts(workspace, from, to, connecting.line);
  };
  const onConnectEnd: OnConnectEnd = (event, { isValid }) => {
    const { connecting } = session.getState();
    pulled.line = undefined;
    session.setState({ connecting: undefined });
    if (connecting && !isValid) drop(workspace, connecting, pointOf(event), toCanvas);
  };
  return {
    onConnectStart,
    onConnect: connectLine,
    onConnectEnd,
    // React Flow reports it before the start of the connection that it becomes.
    onReconnectStart: (_event, edge) => {
      pulled.line = edge.id;
    },
    onReconnect: (_edge, line) => connectLine(line),
    isValidConnection(line) {
      const { connecting } = session.getState();
      return connecting?.fits.has(portKey(looseEnd(line, connecting))) ?? false;
    },
  };
}

const pointOf = (event: MouseEvent | TouchEvent): Position => {
  const { clientX, clientY } =
    'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
  return { x: clientX, y: clientY };
};

function drop(workspace: Workspace, connecting: Connecting, at: Position, toCanvas: (at: Position) => Position): void {
  const { session } = workspace;
  const { port, side, line } = connecting;
  const target = targetAt(workspace, document.elementFromPoint(at.x, at.y), side);
  const answer = target && answerAt(workspace, connecting, target);
  if (!answer) return;
  const menu = { ends: [{ port, side }], line, at };
  if (answer.kind === 'take') {
    const { from, to } = asLine(connecting, answer.port);
    connectPorts(workspace, from, to, line);
  } else if (answer.kind === 'refuse') session.setState({ hint: { text: answer.reason, ...at } });
  else if (answer.kind === 'ask') {
    session.setState({ connectMenu: { ...menu, nodes: answer.nodes, hasModules: false, place: toCanvas(at) } });
  } else session.setState({ connectMenu: { ...menu, nodes: [], hasModules: true, place: toCanvas(at) } });
}
