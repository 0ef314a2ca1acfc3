import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';

interface Props {
  value: string;
  label: string;
  onDone(value: string | undefined): void;
}

/** A name that is edited in its place: Enter and leaving it keep what was typed, Escape does not; `onDone` is given nothing where nothing is to be kept. */
export function TitleField({ value, label, onDone }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const [before] = useState(value);
  useLayoutEffect(() => field.current?.select(), []);
  const finish = (kept: string | undefined) => {
    if (!isDone.current) onDone(kept === before ? undefined : kept);
    isDone.current = true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    finish(event.key === 'Enter' ? event.currentTarget.value : undefined);
    event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
  };
  return (
    <input
      ref={field}
      className="title-field nodrag nopan"
      aria-label={label}
      maxLength={60}
      defaultValue={before}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
