import { type ReactFlowState, useStore, useStoreApi } from '@xyflow/react';
import { memo, useId, useLayoutEffect, useRef } from 'react';

const GAP = 16;
const SIZE = 1.4;

const zoomOf = ({ transform }: ReactFlowState) => transform[2];

/**
 * The dots behind everything. They are drawn anew when the zoom changes; while the view moves, what is drawn is moved along, by less
 * than a gap. React Flow's own background draws all of them in every frame.
 */
export const Dots = memo(function Dots() {
  const store = useStoreApi();
  const zoom = useStore(zoomOf);
  const picture = useRef<SVGSVGElement>(null);
  const id = useId();
  const gap = GAP * zoom;
  const radius = (SIZE * zoom) / 2;

  useLayoutEffect(() => {
    const follow = ({ transform: [x, y] }: ReactFlowState) => {
      if (picture.current) picture.current.style.transform = `translate(${x % gap}px, ${y % gap}px)`;
    };
    follow(store.getState());
    return store.subscribe((state, before) => {
      if (state.transform !== before.transform) follow(state);
    });
  }, [store, gap]);

  const size = `calc(100% + ${2 * gap}px)`;
  return (
    <svg ref={picture} className="dots" style={{ left: -gap, top: -gap, width: size, height: size }} aria-hidden>
      <pattern id={id} x={gap / 2} y={gap / 2} width={gap} height={gap} patternUnits="userSpaceOnUse">
        <circle cx={radius} cy={radius} r={radius} />
      </pattern>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
});
