import { type CSSProperties, useMemo } from 'react';
import type { ModuleDetail } from '../../../schemas/generated/types.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { ModuleGlyph } from '../../ui/ModuleIcon.tsx';
import { type Neighbour, neighboursOf } from './neighbours.ts';

const WIDTH = 348;
const ITEM = { width: 118, height: 24 };
const OWN = 34;
const ROW = 30;
const SHOWN = 4;

const hue = (family: string) => ({ '--family': `var(--${family})` }) as CSSProperties;
const titles = (neighbours: readonly Neighbour[]) => neighbours.map(({ module }) => module.manifest.title).join(', ');

/** A picture of a module between those that feed it and those that it feeds, drawn from ports and contracts. */
export function WhereItFits({ detail }: { detail: ModuleDetail }) {
  const { library } = useWorkspace();
  const { before, after } = useMemo(
    () => neighboursOf(library.catalog, library.modules, detail.manifest),
    [library, detail],
  );
  const rows = (side: readonly Neighbour[]) => Math.min(side.length, SHOWN + 1);
  const height = Math.max(rows(before) * ROW, rows(after) * ROW, OWN + 4);
  const { title, family } = detail.manifest;
  const words = [
    before.length > 0 ? `takes from ${titles(before)}` : 'needs nothing',
    after.length > 0 ? `feeds ${titles(after)}` : 'feeds nothing yet',
  ].join('; ');
  const left = (WIDTH - OWN) / 2;
  return (
    <svg className="fits" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={`${title} ${words}.`}>
      <Column neighbours={before} x={0} height={height} toX={left} />
      <Column neighbours={after} x={WIDTH - ITEM.width} height={height} toX={left + OWN} />
      <g className="fits-own" style={hue(family)} transform={`translate(${left} ${(height - OWN) / 2})`}>
        <rect width={OWN} height={OWN} rx={7} />
        <g transform="translate(7 7)" color="var(--family)">
          <ModuleGlyph svg={detail.icon} size={20} />
        </g>
      </g>
    </svg>
  );
}

interface ColumnProps {
  neighbours: readonly Neighbour[];
  x: number;
  height: number;
  toX: number;
}

function Column({ neighbours, x, height, toX }: ColumnProps) {
  const shown = neighbours.length > SHOWN + 1 ? neighbours.slice(0, SHOWN) : neighbours;
  const more = neighbours.length - shown.length;
  const count = shown.length + (more > 0 ? 1 : 0);
  const top = (height - count * ROW) / 2 + (ROW - ITEM.height) / 2;
  const edge = x < toX ? x + ITEM.width : x;
  const bend = (edge + toX) / 2;
  return (
    <>
      {shown.map(({ module, family }, index) => {
        const y = top + index * ROW;
        const centre = y + ITEM.height / 2;
        return (
          <g key={module.manifest.id} style={hue(family)}>
            <path d={`M${edge} ${centre} C${bend} ${centre} ${bend} ${height / 2} ${toX} ${height / 2}`} />
            <g transform={`translate(${x} ${y})`} style={hue(module.manifest.family)}>
              <Item detail={module} />
            </g>
          </g>
        );
      })}
      {more > 0 && (
        <text className="fits-more" x={x + ITEM.width / 2} y={top + shown.length * ROW + 16} textAnchor="middle">
          {more} more
        </text>
      )}
    </>
  );
}

function Item({ detail }: { detail: ModuleDetail }) {
  return (
    <>
      <rect width={ITEM.width} height={ITEM.height} rx={5} />
      <g transform="translate(6 5)" color="var(--family)">
        <ModuleGlyph svg={detail.icon} size={14} />
      </g>
      <text x={24} y={16}>
        {detail.manifest.title}
      </text>
    </>
  );
}
