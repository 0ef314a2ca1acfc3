import { useState } from 'react';

export interface Draft {
  /** What stands in the field. */
  text: string;
  type(text: string): void;
  /** Enter, or the field is left. */
  keep(): void;
  /** Escape. */
  drop(): void;
}

/**
 * The text of a field that is written when it is left. Until something is typed it is what stands now, whoever changes that: to go through
 * a field writes nothing.
 * @param write says whether it took what was typed; what it does not take stays in the field
 */
export function useDraft(current: string, write: (text: string) => boolean): Draft {
  const [typed, type] = useState<string>();
  const drop = () => type(undefined);
  const keep = () => {
    if (typed !== undefined && write(typed)) drop();
  };
  return { text: typed ?? current, type, keep, drop };
}
