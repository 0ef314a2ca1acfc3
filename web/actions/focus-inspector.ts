const TRIES = 20;
const FIELDS = ':is(input, textarea, select, button:not([role="tab"])):not([disabled], [type="hidden"])';

/** Gives the keyboard to the first field of the inspector, as soon as that is on the page; where there is none, to its tabs. */
export function focusInspector(tries = TRIES): void {
  const fields = document.querySelectorAll<HTMLElement>(`.inspector .inspector-body ${FIELDS}`);
  const first = [...fields].find((field) => field.tabIndex >= 0);
  if (first) {
    first.focus();
    if (first instanceof HTMLInputElement) first.select();
  } else if (tries > 0) requestAnimationFrame(() => focusInspector(tries - 1));
  else document.querySelector<HTMLElement>('.inspector [role="tab"][aria-selected="true"]')?.focus();
}
