import {
  type EdgeTypes,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';
import type { Position } from '../../schemas/generated/types.ts';
import { useDocument, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { Box } from './Box.tsx';
import { BusyBar } from './BusyBar.tsx';
import { ConnectHint } from './ConnectHint.tsx';
import { ConnectMenu } from './connect/ConnectMenu.tsx';
import { DrawnLine } from './connect/DrawnLine.tsx';
import { PendingLine } from './connect/PendingLine.tsx';
import { useUnfolded } from './connecting.ts';
import { Dots } from './Dots.tsx';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { BoxList } from './far/BoxList.tsx';
import { FarCanvas } from './far/FarCanvas.tsx';
import { Overview } from './far/Overview.tsx';
import { NONE_MOVED } from './far/scene.ts';
import { useDetail } from './far/use-detail.ts';
import { useFarPointer } from './far/use-far-pointer.ts';
import { useLevel } from './far/use-level.ts';
import { useScene } from './far/use-scene.ts';
import { closeUp, FIT, fitNow } from './fit.ts';
import type { CanvasNode } from './flow-elements.ts';
import { Ghosts } from './ghosts/Ghosts.tsx';
import { Breadcrumbs } from './groups/Breadcrumbs.tsx';
import { Bundle } from './groups/Bundle.tsx';
import { FoldedGroup } from './groups/FoldedGroup.tsx';
import { GroupFrame } from './groups/GroupFrame.tsx';
import { StubBox } from './groups/StubBox.tsx';
import { useFitOpened } from './groups/use-fit-opened.ts';
import { LensMark } from './LensMark.tsx';
import { Line } from './Line.tsx';
import { ContextMenu } from './menus/ContextMenu.tsx';
import { RenameField } from './menus/RenameField.tsx';
import { useContextMenu } from './menus/use-context-menu.ts';
import { NoteCard } from './notes/NoteCard.tsx';
import { PresenceLayer } from './presence/PresenceLayer.tsx';
import { useObstacles } from './route/use-route.ts';
import { Guides } from './select/Guides.tsx';
import { Lasso } from './select/Lasso.tsx';

import { Toolbar } from './Toolbar.tsx';
import { useBoxKeys } from './use-box-keys.ts';
import { useCanvasView } from './use-canvas-view.ts';
import { useDropModule } from './use-drop-module.ts';
import { useFlowElements } from './use-flow-elements.ts';
import { useFlowEvents } from './use-flow-events.ts';
import { useKeepFitted } from './use-keep-fitted.ts';
import { usePanning } from './use-panning.ts';
import { useReveal } from './use-reveal.ts';

const NODE_TYPES: NodeTypes = { box: Box, frame: GroupFrame, folded: FoldedGroup, stub: StubBox, note: NoteCard };
const EDGE_TYPES: EdgeTypes = { line: Line, bundle: Bundle };
const FAR_ZOOM = 0.45;
const BLOCK_ZOOM = 0.18;
/** The middle and the right one. */
const PAN_BUTTONS = [1, 2];
const ADD_KEYS = ['Shift', 'Meta', 'Control'];
const NOT_DRAGGED: ReadonlyMap<string, Position> = new Map();

/** Needed above the canvas and above panels that speak to it. */
export const CanvasProvider = ReactFlowProvider;

export function Canvas() {
  const { scope } = useWorkspace();
  const { fitView } = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState(NOT_DRAGGED);
  const unfolded = useUnfolded();
  const gliding = useSession((state) => state.gliding);
  const places = dragged.size > 0 || !gliding ? dragged : gliding;
  const all = useFlowElements(places, unfolded);
  const level = useLevel(all.nodes.length);
  const isFar = level === 'far';
  const far = useScene(all.nodes, all.edges, { isWanted: isFar, isDragging: places.size > 0 });
  const pointer = useFarPointer(frame, far?.scene);
  const { nodes, edges } = useDetail(all, level, pointer.hovered);
  useObstacles(all.nodes, places.size > 0);
  const events = useFlowEvents(setDragged);
  const drop = useDropModule();
  const keys = useBoxKeys();
  const menus = useContextMenu();
  const markPanning = usePanning(frame);
  useCanvasView(frame);
  useReveal();
  useFitOpened();
  useKeepFitted(frame);
  const tool = useSession((state) => state.tool);
  const isDrawing = useSession((state) => state.connecting !== undefined);
  const isDrawerOpen = useSession((state) => state.isDrawerOpen);
  const isEmpty = useDocument((state) => Object.keys(state.nodes).length === 0);

  // Each box is drawn anew when this is another function, and so would all of them in every frame of a drag.
  const onNodeDoubleClick = useCallback(
    (event: unknown, node: CanvasNode) => {
      if (isFar && node.type !== 'box') void fitView(closeUp(node.id));
      else menus.onNodeDoubleClick(event, node);
    },
    [isFar, fitView, menus],
  );

  const setDetail = (zoom: number) => {
    if (frame.current) frame.current.dataset.detail = zoom < BLOCK_ZOOM ? 'block' : zoom < FAR_ZOOM ? 'far' : 'near';
  };

  const start = (flow: { getZoom(): number }) => {
    setDetail(flow.getZoom());
    // React Flow waits with the fit for a measured box or a change of the boxes, and from afar there may be neither.
    void fitView(fitNow());
  };

  return (
    <section
      ref={frame}
      className="canvas"
      aria-label="Canvas"
      data-drawing={isDrawing}
      data-tool={tool}
      data-level={level}
      {...keys}
      {...drop}
    >
      <ReactFlow
        key={`${scope.project}/${scope.environment}`}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        {...events}
        {...menus}
        onPaneClick={(event) => pointer.clickAt(event) || events.onPaneClick()}
        onNodeDoubleClick={onNodeDoubleClick}
        onViewportChange={(viewport) => {
          setDetail(viewport.zoom);
          markPanning(viewport);
        }}
        onInit={start}
        onlyRenderVisibleElements
        fitView
        fitViewOptions={FIT}
        minZoom={0.02}
        maxZoom={2}
        connectionRadius={26}
        connectionLineComponent={DrawnLine}
        reconnectRadius={16}
        connectOnClick={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionMode={SelectionMode.Partial}
        selectionOnDrag={tool === 'select'}
        panOnDrag={tool === 'pan' ? true : PAN_BUTTONS}
        multiSelectionKeyCode={ADD_KEYS}
        elevateEdgesOnSelect={false}
        elevateNodesOnSelect={false}
        proOptions={{ hideAttribution: true }}
      >
        <Dots />
        {!isEmpty && !isDrawerOpen && <Overview nodes={all.nodes} />}
        <FarCanvas scene={far?.scene} moved={far?.moved ?? NONE_MOVED} hovered={pointer.hovered} />
        <Toolbar />
        <Breadcrumbs />
        <PendingLine />
        <Ghosts />
        <Guides />
        <RenameField isFar={isFar} />
        <PresenceLayer />
      </ReactFlow>
      <Lasso frame={frame} />
      <ContextMenu />
      {isFar && <BoxList />}
      {isEmpty && <EmptyCanvas />}
      <ConnectHint />
      <LensMark />
      <BusyBar />
      <ConnectMenu />
    </section>
  );
}
