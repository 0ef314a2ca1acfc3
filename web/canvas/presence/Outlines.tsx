import { memo, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { PresenceState } from '../../stores/presence.ts';
import { usePresence } from '../../stores/use-workspace.ts';
import { usePlace } from './use-place.ts';

const MOST = 200;

type Kind = 'nodes' | 'connections';

/** `color id` of what others have selected. */
const selectedBy = (kind: Kind) => (state: PresenceState) =>
  Object.values(state.people)
    .flatMap((person) => person[kind].map((id) => `${person.color} ${id}`))
    .slice(0, MOST);

const split = (key: string): [color: string, id: string] => {
  const [color = '', id = ''] = key.split(' ');
  return [color, id];
};

/** Frames around the boxes that others have selected, and a flash over those that they have just changed. */
export function Outlines() {
  const selected = usePresence(useShallow(selectedBy('nodes')));
  const flashes = usePresence((state) => state.flashes);
  return (
    <>
      {selected.map((key) => {
        const [color, id] = split(key);
        return <Frame key={key} id={id} color={color} className="peer-outline" />;
      })}
      {flashes.map(
        ({ key, kind, id, color }) =>
          kind === 'node' && <Frame key={key} id={id} color={String(color)} className="peer-flash" />,
      )}
    </>
  );
}

interface FrameProps {
  id: string;
  color?: string;
  className: string;
  children?: ReactNode;
}

/** A frame at the place of a box; nothing while the box is not on the canvas. */
export const Frame = memo(function Frame({ id, color, className, children }: FrameProps) {
  const place = usePlace(id);
  if (!place) return null;
  const { x, y, width, height } = place;
  return (
    <div className={className} data-person={color} data-node={id} style={{ translate: `${x}px ${y}px`, width, height }}>
      {children}
    </div>
  );
});

const NAMED = /^[A-Za-z0-9_-]+$/;

/** Lines have no frame: those that others have selected or changed are drawn in their colour. */
export function LineColors() {
  const selected = usePresence(useShallow(selectedBy('connections')));
  const flashes = usePresence((state) => state.flashes);
  const flashed = flashes.flatMap(({ kind, id, color }) => (kind === 'connection' ? [`${color} ${id}`] : []));
  const rules = [...selected, ...flashed].map(split).flatMap(([color, id]) =>
    // Ids come from other pages, and this is a style sheet.
    NAMED.test(id)
      ? [`.react-flow__edge[data-id="${id}"] .line-path { stroke: var(--person-${color}); stroke-width: 3px; }`]
      : [],
  );
  return rules.length > 0 ? <style>{rules.join('\n')}</style> : null;
}
