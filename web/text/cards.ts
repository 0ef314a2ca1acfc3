import type { Explanation } from './explanation.ts';

function part(parent: HTMLElement, tag: string, text: string, className = ''): HTMLElement {
  const element = parent.appendChild(document.createElement(tag));
  element.textContent = text;
  element.className = className;
  return element;
}

/** An explanation as the editor shows it in a hover and beside a completion. */
export function cardOf({ title, kind, lines, facts = [], warning }: Explanation): HTMLElement {
  const card = document.createElement('div');
  card.className = 'cm-card';
  const head = part(card, 'div', '', 'cm-card-head');
  part(head, 'strong', title);
  if (kind) part(head, 'span', kind);
  for (const line of lines) part(card, 'p', line);
  if (facts.length > 0) {
    const list = part(card, 'dl', '');
    for (const [name, value] of facts) {
      part(list, 'dt', name);
      part(list, 'dd', value);
    }
  }
  if (warning) part(card, 'p', warning, 'cm-card-warning');
  return card;
}
