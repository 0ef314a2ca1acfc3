import { createElement, memo, type ReactNode } from 'react';
import { type IconShape, parseIcon } from './parse-icon.ts';

const parsed = new Map<string, ReturnType<typeof parseIcon>>();

function iconOf(svg: string) {
  if (!parsed.has(svg)) parsed.set(svg, parseIcon(svg));
  return parsed.get(svg);
}

const draw = (shapes: readonly IconShape[]): ReactNode[] =>
  shapes.map((shape, index) => createElement(shape.tag, { key: index, ...shape.attributes }, ...draw(shape.children)));

interface Props {
  svg: string | undefined;
  family: string;
  size?: number;
}

/** A module's icon on a tile in its family's hue. */
export const ModuleTile = memo(function ModuleTile({ svg, family, size = 28 }: Props) {
  return (
    <span className="tile" data-family={family} style={{ width: size, height: size }} aria-hidden>
      <ModuleGlyph svg={svg} size={Math.round(size * 0.62)} />
    </span>
  );
});

export function ModuleGlyph({ svg, size }: { svg: string | undefined; size: number }) {
  const icon = svg ? iconOf(svg) : undefined;
  return (
    <svg
      width={size}
      height={size}
      viewBox={icon?.viewBox ?? '0 0 24 24'}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {icon ? draw(icon.shapes) : <rect x="5" y="5" width="14" height="14" rx="3" />}
    </svg>
  );
}
