// Whether JSON values say the same, whatever the order of their keys.
import { isRecord } from './merge-patch.ts';

/** Whether two JSON values are one and the same, whatever the order of their keys. Loops without copies: every save looks at a whole graph. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left.length !== right.length) return false;
    for (let index = 0; index < left.length; index++) if (!isSame(left[index], right[index])) return false;
    return true;
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  let more = 0;
  for (const key in left) {
    if (!Object.hasOwn(right, key) || !isSame(left[key], right[key])) return false;
    more++;
  }
  for (const _key in right) more--;
  return more === 0;
}
