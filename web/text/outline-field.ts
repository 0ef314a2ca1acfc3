import { StateEffect, StateField } from '@codemirror/state';
import { mapOutline, type Outline } from './outline.ts';

export const setOutline = StateEffect.define<Outline>();

/** Where every box and line stands; moves along with edits until the text is read again. */
export const outlineField = StateField.define<Outline>({
  create: () => [],
  update(outline, transaction) {
    let now = outline;
    if (transaction.docChanged) now = mapOutline(now, (at, side) => transaction.changes.mapPos(at, side));
    for (const effect of transaction.effects) if (effect.is(setOutline)) now = effect.value;
    return now;
  },
});
