import { useReactFlow, useStoreApi } from '@xyflow/react';
import { memo, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { CanvasNode } from '../flow-elements.ts';
import type { Area } from './area-index.ts';
import { readColors } from './colors.ts';
import { toShape } from './scene.ts';

const SIZE = { width: 138, height: 80 };
const EDGE = 6;
const REST_MS = 60;

/** Where the canvas's places are in the overview. */
interface Fit {
  scale: number;
  x: number;
  y: number;
}

function fitInto(nodes: readonly CanvasNode[]): Fit {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { position, width = 0, height = 0 } of nodes) {
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
    right = Math.max(right, position.x + width);
    bottom = Math.max(bottom, position.y + height);
  }
  const room = { width: SIZE.width - 2 * EDGE, height: SIZE.height - 2 * EDGE };
  const scale = Math.min(room.width / (right - left), room.height / (bottom - top), 0.06);
  return {
    scale,
    x: SIZE.width / 2 - ((left + right) / 2) * scale,
    y: SIZE.height / 2 - ((top + bottom) / 2) * scale,
  };
}

function paint(canvas: HTMLCanvasElement, nodes: readonly CanvasNode[], fit: Fit): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const colors = readColors(canvas);
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  Object.assign(canvas, { width: SIZE.width * ratio, height: SIZE.height * ratio });
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const node of nodes) {
    const { kind, color, ...area } = toShape(node);
    context.fillStyle = colors.mix(color, kind === 'frame' ? 14 : 60, 'raised');
    const { x, y, width, height } = scaled(fit, area);
    context.fillRect(x, y, Math.max(width, 1), Math.max(height, 1));
  }
}

const scaled = ({ scale, x, y }: Fit, area: Area): Area => ({
  x: area.x * scale + x,
  y: area.y * scale + y,
  width: area.width * scale,
  height: area.height * scale,
});

/** Everything at a glance, and where the view is in it; painted on one element, because a shape for each of a thousand boxes is slow. */
export const Overview = memo(function Overview({ nodes }: { nodes: readonly CanvasNode[] }) {
  const { setCenter, getZoom } = useReactFlow();
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  const fit = useMemo(() => fitInto(nodes), [nodes]);

  useEffect(() => {
    const draw = () => canvas.current && paint(canvas.current, nodes, fit);
    const timer = setTimeout(draw, REST_MS);
    const themes = new MutationObserver(draw);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      clearTimeout(timer);
      themes.disconnect();
    };
  }, [nodes, fit]);

  useEffect(() => {
    const follow = ({ transform: [x, y, zoom], width, height }: ReturnType<typeof store.getState>) => {
      const seen = scaled(fit, { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom });
      if (!mark.current) return;
      mark.current.style.transform = `translate(${seen.x}px, ${seen.y}px)`;
      mark.current.style.width = `${seen.width}px`;
      mark.current.style.height = `${seen.height}px`;
    };
    follow(store.getState());
    return store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width) follow(state);
    });
  }, [store, fit]);

  const go = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 0) return;
    const area = event.currentTarget.getBoundingClientRect();
    const place = { x: event.clientX - area.x - fit.x, y: event.clientY - area.y - fit.y };
    void setCenter(place.x / fit.scale, place.y / fit.scale, { zoom: getZoom() });
  };

  return (
    <div
      className="overview"
      role="img"
      aria-label="Overview of the canvas"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <canvas ref={canvas} style={SIZE} />
      <div ref={mark} className="overview-mark" />
    </div>
  );
});
