import { Popover } from '@mantine/core';
import { IconAlertTriangle, IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { formatAgo, plural } from '../ui/format.ts';
import { told } from '../ui/notify.tsx';
import { Quiet } from '../ui/Section.tsx';

/** What the toasts said, to be read again. */
export function ToldMenu() {
  const { list, unread } = useStore(told);
  const [isOpen, setOpen] = useState(false);
  const label = unread > 0 ? `Messages, ${unread} not read` : 'Messages';
  const toggle = (open: boolean) => {
    setOpen(open);
    told.setState({ unread: 0 });
  };
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="icon-button told-button"
          aria-label={label}
          aria-expanded={isOpen}
          onClick={() => toggle(!isOpen)}
        >
          <IconBell size={17} stroke={1.75} />
          {unread > 0 && <span className="told-dot" aria-hidden />}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Messages">
        {list.length === 0 && <Quiet>Nothing was said since this page was opened.</Quiet>}
        {list.length > 0 && <p className="quiet">{plural(list.length, 'message')} since this page was opened</p>}
        <ul className="told">
          {list.map((entry) => (
            <li key={entry.id}>
              <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
              <div>
                <strong>{entry.title}</strong>
                {entry.message && <p>{entry.message}</p>}
                <span className="quiet">{formatAgo(entry.at, Date.now())}</span>
              </div>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
