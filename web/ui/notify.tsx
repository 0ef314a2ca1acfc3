import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';

/** Something that the person asked for did not happen: what, and why or what to do. Stays until it is closed. */
export function notifyProblem(title: string, message: string): void {
  notifications.show({
    title,
    message,
    autoClose: false,
    className: 'toast-problem',
    icon: <IconAlertTriangle size={18} stroke={1.75} />,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
