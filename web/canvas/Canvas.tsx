import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  MiniMap,
  type Node,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react';
import { useRef, useState } from 'react';
import type { Position } from '../../schemas/generated/types.ts';
import { useDocument, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { Box } from './Box.tsx';
import { ConnectHint } from './ConnectHint.tsx';
import { JudgeContext, useCurrentJudge, useUnfolded } from './connecting.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { FIT } from './fit.ts';
import { Line } from './Line.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useBoxKeys } from './use-box-keys.ts';
import { useDropModule } from './use-drop-module.ts';
import { useFlowElements } from './use-flow-elements.ts';
import { useFlowEvents } from './use-flow-events.ts';
import { useKeepFitted } from './use-keep-fitted.ts';
import { useReveal } from './use-reveal.ts';

const NODE_TYPES: NodeTypes = { box: Box };
const EDGE_TYPES: EdgeTypes = { line: Line };
const FAR_ZOOM = 0.45;
const BLOCK_ZOOM = 0.18;
/** Opaque, because a thousand see-through shapes are slow to paint. */
const familyColor = (node: Node) => `color-mix(in srgb, var(--${String(node.data.family)}) 60%, var(--raised))`;
const NOT_DRAGGED: ReadonlyMap<string, Position> = new Map();

/** Needed above the canvas and above panels that speak to it. */
export const CanvasProvider = ReactFlowProvider;

export function Canvas() {
  const { scope } = useWorkspace();
  const frame = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState(NOT_DRAGGED);
  const judge = useCurrentJudge();
  const unfolded = useUnfolded(judge);
  const { nodes, edges } = useFlowElements(dragged, unfolded);
  const events = useFlowEvents(setDragged);
  const drop = useDropModule();
  const onKeyDown = useBoxKeys(nodes);
  useReveal();
  useKeepFitted(frame);
  const tool = useSession((state) => state.tool);
  const isDrawing = useSession((state) => state.connecting !== undefined);
  const isDrawerOpen = useSession((state) => state.isDrawerOpen);
  const isEmpty = useDocument((state) => Object.keys(state.nodes).length === 0);

  const setDetail = (zoom: number) => {
    if (frame.current) frame.current.dataset.detail = zoom < BLOCK_ZOOM ? 'block' : zoom < FAR_ZOOM ? 'far' : 'near';
  };

  return (
    <JudgeContext.Provider value={judge}>
      <section
        ref={frame}
        className="canvas"
        aria-label="Canvas"
        data-drawing={isDrawing}
        data-tool={tool}
        onKeyDownCapture={onKeyDown}
        {...drop}
      >
        <ReactFlow
          key={`${scope.project}/${scope.environment}`}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          {...events}
          onViewportChange={(viewport) => setDetail(viewport.zoom)}
          onInit={(flow) => setDetail(flow.getZoom())}
          onlyRenderVisibleElements
          fitView
          fitViewOptions={FIT}
          minZoom={0.05}
          maxZoom={2}
          snapToGrid
          snapGrid={[8, 8]}
          connectionRadius={26}
          connectOnClick={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionMode={SelectionMode.Partial}
          selectionOnDrag={tool === 'select'}
          panOnDrag={tool === 'pan' ? true : [1, 2]}
          multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
          elevateEdgesOnSelect={false}
          elevateNodesOnSelect={false}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1.4} color="var(--dot)" />
          {!isEmpty && !isDrawerOpen && (
            <MiniMap
              className="minimap"
              pannable
              zoomable
              ariaLabel="Overview of the canvas"
              nodeColor={familyColor}
              nodeBorderRadius={12}
              maskColor="transparent"
              maskStrokeColor="var(--accent)"
              maskStrokeWidth={1.5}
              style={{ width: 138, height: 80 }}
            />
          )}
          <Toolbar />
        </ReactFlow>
        {isEmpty && <EmptyCanvas />}
        <ConnectHint />
      </section>
    </JudgeContext.Provider>
  );
}
