// What one would write by hand with React Flow's own advice: memoised boxes of a known size, only the visible ones drawn.
import '@xyflow/react/dist/style.css';
import {
  Background,
  type Edge,
  Handle,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  SelectionMode,
  useEdgesState,
  useNodesState,
} from '@xyflow/react';
import { memo } from 'react';
import { createRoot } from 'react-dom/client';

type BareNode = Node<{ name: string }, 'bare'>;

const Bare = memo(function Bare({ data }: NodeProps<BareNode>) {
  return (
    <div className="bare-box">
      <Handle type="target" position={Position.Left} />
      <strong>{data.name}</strong>
      <Handle type="source" position={Position.Right} />
    </div>
  );
});
const types = { bare: Bare };

function Page({ start }: { start: { nodes: BareNode[]; edges: Edge[] } }) {
  const [nodes, setNodes, onNodesChange] = useNodesState(start.nodes);
  const [edges, , onEdgesChange] = useEdgesState(start.edges);
  const selected = nodes.find((node) => node.selected);
  const rename = (name: string) =>
    setNodes((all) => all.map((node) => (node === selected ? { ...node, data: { name } } : node)));
  return (
    <div className="bare">
      <nav />
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={types}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onlyRenderVisibleElements
        fitView
        minZoom={0.02}
        selectionMode={SelectionMode.Partial}
        selectionOnDrag
        panOnDrag={[1, 2]}
      >
        <Background />
        <MiniMap />
      </ReactFlow>
      <aside>
        {selected && (
          <input aria-label="Name" value={selected.data.name} onChange={(event) => rename(event.target.value)} />
        )}
      </aside>
    </div>
  );
}

interface Drawn {
  graph: { nodes: { id: string }[]; connections: { id: string; from: { node: string }; to: { node: string } }[] };
  layout: { nodes: Record<string, { x: number; y: number }> };
}

const answer = await fetch(`graph-${new URLSearchParams(location.search).get('boxes')}.json`);
const { graph, layout } = (await answer.json()) as Drawn;
const nodes = graph.nodes.map(({ id }): BareNode => {
  const position = layout.nodes[id] ?? { x: 0, y: 0 };
  const handle = { width: 6, height: 6, y: 57 };
  const handles = [
    { ...handle, type: 'target' as const, position: Position.Left, x: -3 },
    { ...handle, type: 'source' as const, position: Position.Right, x: 197 },
  ];
  const size = { width: 200, height: 120 };
  return { id, type: 'bare', position, ...size, measured: size, handles, data: { name: id } };
});
const edges = graph.connections.map(({ id, from, to }) => ({ id, source: from.node, target: to.node }));
const root = document.getElementById('root');
if (root) createRoot(root).render(<Page start={{ nodes, edges }} />);
