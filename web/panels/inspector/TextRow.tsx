import { TextInput } from '@mantine/core';
import { useDraft } from '../../ui/use-draft.ts';

interface Props {
  label: string;
  value: string;
  /** What is wrong with an empty field. */
  lacking: string;
  describe?(text: string): string | undefined;
  onKeep(text: string): void;
}

/** A name or title: Enter and leaving it keep what was typed, Escape does not. */
export function TextRow({ label, value, lacking, describe, onKeep }: Props) {
  const { text, type, keep, drop } = useDraft(value, (typed) => {
    if (typed.trim() === '') return false;
    onKeep(typed);
    return true;
  });
  return (
    <TextInput
      label={label}
      description={describe?.(text)}
      value={text}
      maxLength={60}
      error={text.trim() === '' ? lacking : undefined}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') drop();
      }}
    />
  );
}
