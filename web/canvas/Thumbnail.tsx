import type { CSSProperties } from 'react';
import type { StartingPoint } from '../actions/starting-points.ts';
import { useWorkspace } from '../stores/use-workspace.ts';
import { ModuleGlyph } from '../ui/ModuleIcon.tsx';
import { BOX_WIDTH } from './geometry.ts';

const BOX = { width: BOX_WIDTH, height: 104 };
const MARGIN = 44;

/** A starting point as it will lie on the canvas, small. */
export function Thumbnail({ start }: { start: StartingPoint }) {
  const { library } = useWorkspace();
  const byKey = new Map(start.boxes.map((box) => [box.key, box]));
  const right = Math.max(...start.boxes.map(({ x }) => x)) + BOX.width;
  const bottom = Math.max(...start.boxes.map(({ y }) => y)) + BOX.height;
  const hue = (module: string | undefined) =>
    ({ '--family': `var(--${library.module(module ?? '')?.manifest.family ?? 'identity'})` }) as CSSProperties;
  return (
    <svg
      className="thumb"
      viewBox={`${-MARGIN} ${-MARGIN} ${right + 2 * MARGIN} ${bottom + 2 * MARGIN}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden
    >
      {start.lines.map(({ from, to }) => {
        const [giver, taker] = [byKey.get(from[0]), byKey.get(to[0])];
        if (!giver || !taker) return null;
        const [x, y] = [giver.x + BOX.width, giver.y + BOX.height / 2];
        const [toX, toY] = [taker.x, taker.y + BOX.height / 2];
        const bend = (x + toX) / 2;
        return (
          <path
            key={`${from.join()}>${to.join()}`}
            style={hue(giver.module)}
            d={`M${x} ${y} C${bend} ${y} ${bend} ${toY} ${toX} ${toY}`}
          />
        );
      })}
      {start.boxes.map((box) => (
        <g key={box.key} style={hue(box.module)} transform={`translate(${box.x} ${box.y})`}>
          <rect width={BOX.width} height={BOX.height} rx={14} strokeWidth={3} />
          <g transform="translate(68 20)" color="var(--family)">
            <ModuleGlyph svg={library.module(box.module)?.icon} size={64} />
          </g>
        </g>
      ))}
    </svg>
  );
}
