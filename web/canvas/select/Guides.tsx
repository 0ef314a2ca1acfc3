import { useViewport, ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { drawnAreas } from '../groups/drawn-areas.ts';
import { readFlowId } from '../groups/flow-id.ts';

/** While boxes are dragged: what they are in line with, and where the originals of copies stay. */
export function Guides() {
  const guides = useSession((state) => state.guides);
  const copying = useSession((state) => state.copying);
  if (guides.length === 0 && !copying) return null;
  return (
    <ViewportPortal>
      <Lines />
      {copying && <Originals ids={copying} />}
    </ViewportPortal>
  );
}

function Lines() {
  const guides = useSession((state) => state.guides);
  const { zoom } = useViewport();
  const thin = 1 / zoom;
  return guides.map(({ axis, at, from, to }) => (
    <div
      key={`${axis}${at}`}
      className="guide"
      style={
        axis === 'x'
          ? { left: at - thin / 2, top: from, width: thin, height: to - from }
          : { left: from, top: at - thin / 2, width: to - from, height: thin }
      }
    />
  ));
}

function Originals({ ids }: { ids: readonly string[] }) {
  const workspace = useWorkspace();
  const areas = useMemo(() => drawnAreas(workspace), [workspace]);
  return ids.map((flow) => {
    const area = areas.get(flow);
    const { kind, id } = readFlowId(flow);
    const { nodes, groups } = workspace.document.content();
    const name = kind === 'group' ? groups[id]?.title : nodes[id]?.name;
    const style = area && { left: area.x, top: area.y, width: area.width, height: area.height };
    return style ? (
      <div key={flow} className="original" style={style}>
        {name}
      </div>
    ) : null;
  });
}
