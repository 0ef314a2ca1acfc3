import { COLLECTIONS, type DocumentContent } from '../../schemas/rules/content.ts';
import { isSame } from './merge-patch.ts';

type Records = Readonly<Record<string, unknown>>;

function keepRecords(shown: Records, next: Records): Records {
  if (shown === next) return shown;
  const ids = Object.keys(next);
  let isChanged = Object.keys(shown).length !== ids.length;
  let kept: Record<string, unknown> | undefined;
  for (const id of ids) {
    const [before, record] = [shown[id], next[id]];
    if (before === record && id in shown) continue;
    if (!(id in shown) || !isSame(before, record)) {
      isChanged = true;
      continue;
    }
    // Most edits leave every other record as it is: nothing is copied for them.
    kept ??= { ...next };
    kept[id] = before;
  }
  return isChanged ? (kept ?? next) : shown;
}

/** Whether both say the same; the first difference ends the search. */
function isSameRecords(left: Records, right: Records): boolean {
  if (left === right) return true;
  const ids = Object.keys(right);
  const isKept = (id: string) => left[id] === right[id] || isSame(left[id], right[id]);
  return Object.keys(left).length === ids.length && ids.every((id) => Object.hasOwn(left, id) && isKept(id));
}

/** Whether both say the same of every box and line. */
export function isSameGraph(left: DocumentContent, right: DocumentContent): boolean {
  return (['nodes', 'connections'] as const).every((name) => isSameRecords(left[name], right[name]));
}

/** `next`, with every record that says the same as in `shown` in the shape of the same object, so that it is not drawn again. */
export function keepIdentity(shown: DocumentContent, next: DocumentContent): DocumentContent {
  const kept = Object.fromEntries(COLLECTIONS.map((name) => [name, keepRecords(shown[name], next[name])]));
  const isSameContent = COLLECTIONS.every((name) => kept[name] === shown[name]);
  return isSameContent ? shown : (kept as unknown as DocumentContent);
}
