import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconEqual,
  IconLoader2,
} from '@tabler/icons-react';
import type { StepStatus } from '../../schemas/generated/types.ts';
import type { BoxState } from '../stores/run-view.ts';

const ICONS = {
  live: IconCircleCheck,
  none: IconCircleDashed,
  failed: IconCircleX,
  busy: IconLoader2,
  blocked: IconCircleMinus,
} satisfies Record<BoxState, typeof IconEqual>;

export function StateIcon({ state, size = 13 }: { state: BoxState; size?: number }) {
  const Icon = ICONS[state];
  return <Icon className={state === 'busy' ? 'spins' : undefined} size={size} stroke={1.75} aria-hidden />;
}

const STEP_ICONS = {
  pending: IconCircleDashed,
  running: IconLoader2,
  planned: IconCircleCheck,
  succeeded: IconCircleCheck,
  skipped: IconEqual,
  failed: IconCircleX,
  blocked: IconCircleMinus,
  cancelled: IconAlertTriangle,
} satisfies Record<StepStatus, typeof IconEqual>;

export function StepIcon({ status, size = 15 }: { status: StepStatus; size?: number }) {
  const Icon = STEP_ICONS[status];
  return (
    <Icon
      className={`step-icon ${status === 'running' ? 'spins' : ''}`}
      data-status={status}
      size={size}
      stroke={1.75}
      aria-label={status}
      role="img"
    />
  );
}
