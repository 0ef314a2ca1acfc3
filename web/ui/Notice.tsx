import { IconAlertTriangle, IconInfoCircle, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Tone = 'bad' | 'warn' | 'info' | 'ok';
const ICONS = { bad: IconAlertTriangle, warn: IconAlertTriangle, info: IconInfoCircle, ok: IconShieldCheck };

interface Props {
  tone: Tone;
  title?: string;
  children?: ReactNode;
}

/** Danger and news, said first: what, then what to do about it. */
export function Notice({ tone, title, children }: Props) {
  const Icon = ICONS[tone];
  return (
    <div className="notice" data-tone={tone} role={tone === 'bad' ? 'alert' : 'note'}>
      <Icon size={17} stroke={1.75} aria-hidden />
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
