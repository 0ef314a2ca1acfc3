import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { createStore } from 'zustand/vanilla';

interface Told {
  id: number;
  at: string;
  title: string;
  message: string;
}

/** Everything that a toast said since the page was opened, newest first: a toast that went by can be read again. */
export const told = createStore<{ list: readonly Told[]; unread: number }>()(() => ({ list: [], unread: 0 }));

const KEPT = 100;
let count = 0;

function remember(title: string, message: string): void {
  count += 1;
  const entry: Told = { id: count, at: new Date().toISOString(), title, message };
  told.setState(({ list, unread }) => ({ list: [entry, ...list].slice(0, KEPT), unread: unread + 1 }));
}

/** Something that the person asked for did not happen: what, and why or what to do. Stays until it is closed. */
export function notifyProblem(title: string, message: string): void {
  remember(title, message);
  notifications.show({
    title,
    message,
    autoClose: false,
    className: 'toast-problem',
    icon: <IconAlertTriangle size={18} stroke={1.75} />,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}

/** Something worth knowing that asks for nothing; goes away by itself. */
export function notifyNote(title: string, message: string): void {
  notifications.show({
    title,
    message,
    autoClose: 5000,
    className: 'toast-note',
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
