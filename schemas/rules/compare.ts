// Orders strings by UTF-16 code unit, so that documents sort alike in every locale.

/** Comparison for `sort`: independent of the locale. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
