import type { KeyboardEvent } from 'react';
import type { ChangeAction } from '../../schemas/generated/types.ts';

interface Props<T extends string> {
  label: string;
  tabs: readonly {
    id: T;
    label: string;
    /** A sign after the label, in the colour of what will happen. */
    mark?: { sign: string; action: ChangeAction | 'unknown' };
  }[];
  value: T;
  onChange(tab: T): void;
}

/** A row of tabs; arrows move, as screen readers expect. */
export function Tabs<T extends string>({ label, tabs, value, onChange }: Props<T>) {
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.id === value);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.id);
    const row = event.currentTarget;
    requestAnimationFrame(() => row.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`tab-${tab.id}`}
          aria-selected={tab.id === value}
          aria-controls="tab-panel"
          tabIndex={tab.id === value ? 0 : -1}
          onClick={() => onChange(tab.id)}
        >
          {tab.label}
          {tab.mark && (
            <span className="tab-mark" data-action={tab.mark.action}>
              {tab.mark.sign}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
