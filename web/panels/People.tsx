import { Popover, TextInput, Tooltip } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import { type FormEvent, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { motion } from '../canvas/fit.ts';
import { usePresence, useWorkspace } from '../stores/use-workspace.ts';
import { plural } from '../ui/format.ts';

const MOST = 5;

/** `Ada Lovelace` as `AL`, `Guest 12` as `G1`. */
function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : ''].map((part) => (part ?? '').slice(0, 1));
  return letters.join('').toUpperCase();
}

/** Who else is here, in their colours; a press goes to where somebody points. Last, oneself. */
export function People() {
  const clients = usePresence(useShallow((state) => Object.keys(state.people)));
  const shown = clients.slice(0, MOST);
  const rest = clients.length - shown.length;
  return (
    <ul className="people" aria-label="People here">
      {shown.map((client) => (
        <PersonMark key={client} client={client} />
      ))}
      {rest > 0 && (
        <li className="person-mark" data-rest title={`${plural(rest, 'person', 'people')} more`}>
          +{rest}
        </li>
      )}
      <Self />
    </ul>
  );
}

function PersonMark({ client }: { client: string }) {
  const { presence } = useWorkspace();
  const { setCenter, getZoom } = useReactFlow();
  const name = usePresence((state) => state.people[client]?.name ?? '');
  const color = usePresence((state) => state.people[client]?.color ?? 1);
  const goThere = () => {
    const cursor = presence.store.getState().people[client]?.cursor;
    if (cursor) void setCenter(cursor.x, cursor.y, { zoom: getZoom(), duration: motion(180) });
  };
  return (
    <li>
      <Tooltip label={`Go to ${name}`}>
        <button
          type="button"
          className="person-mark"
          data-person={color}
          aria-label={`${initials(name)}: ${name} is here, go there`}
          onClick={goThere}
        >
          {initials(name)}
        </button>
      </Tooltip>
    </li>
  );
}

function Self() {
  const { presence } = useWorkspace();
  const name = usePresence((state) => state.name);
  const [isOpen, setOpen] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    presence.rename(String(new FormData(event.currentTarget).get('name')));
    setOpen(false);
  };
  return (
    <li>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={260} trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className="person-mark"
            data-self
            title={`You are ${name}`}
            aria-label={`${initials(name)}: you are ${name}, change your name`}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {initials(name)}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Your name">
          <form className="your-name" onSubmit={submit}>
            <TextInput
              name="name"
              label="Your name"
              description="Others see it beside your pointer."
              defaultValue={name}
              maxLength={60}
              data-autofocus
            />
            <button type="submit" className="button small">
              Use this name
            </button>
          </form>
        </Popover.Dropdown>
      </Popover>
    </li>
  );
}
