import { memo, useEffect, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { PresenceState } from '../../stores/presence.ts';
import { usePresence, useWorkspace } from '../../stores/use-workspace.ts';

/** Others' pointers, with their names. */
export function Cursors() {
  const clients = usePresence(useShallow((state) => Object.keys(state.people)));
  return clients.map((client) => <Cursor key={client} client={client} />);
}

const Cursor = memo(function Cursor({ client }: { client: string }) {
  const { presence } = useWorkspace();
  const name = usePresence((state) => state.people[client]?.name ?? '');
  const color = usePresence((state) => state.people[client]?.color ?? 1);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = ({ people }: PresenceState) => {
      const cursor = people[client]?.cursor;
      if (!element.current) return;
      element.current.hidden = cursor === undefined;
      if (cursor) element.current.style.translate = `${cursor.x}px ${cursor.y}px`;
    };
    place(presence.store.getState());
    return presence.store.subscribe(place);
  }, [client, presence]);
  return (
    <div ref={element} className="cursor" data-person={color} aria-hidden hidden>
      <svg width="18" height="18" viewBox="0 0 18 18" role="presentation">
        <path d="M2 1.5 15.5 7 9.6 9.2 7.2 15.2Z" />
      </svg>
      <span className="cursor-name">{name}</span>
    </div>
  );
});
