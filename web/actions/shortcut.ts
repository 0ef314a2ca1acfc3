export interface KeyPress {
  key: string;
  /** Which key of the keyboard, whatever it types. */
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const SYMBOLS: Readonly<Record<string, string>> = { plus: '+', minus: '-', question: '?', slash: '/' };
const IS_LETTER = /^[a-z]$/;
const IS_DIGIT = /^[0-9]$/;
const IS_ASCII = /^[ -~]$/;

/** Whether the key is the one that is meant. Letters and digits that the layout or a held key turns into others count by their place. */
function isKey(key: string, press: KeyPress): boolean {
  const typed = press.key.toLowerCase();
  if (IS_DIGIT.test(key)) return typed === key || press.code === `Digit${key}`;
  if (typed === (SYMBOLS[key] ?? key)) return true;
  const isElsewhere = press.altKey || (press.key.length === 1 && !IS_ASCII.test(press.key));
  return IS_LETTER.test(key) && isElsewhere && press.code === `Key${key.toUpperCase()}`;
}

/** Which symbols need Shift depends on the layout, so it is not asked for. */
const needsNoShift = (key: string) => key in SYMBOLS || key === '[' || key === ']';

export function matchesShortcut(shortcut: string, press: KeyPress): boolean {
  return shortcut.split(' ').some((one) => {
    const parts = one.split('+');
    const key = parts.at(-1) ?? '';
    const wants = (name: string) => parts.slice(0, -1).includes(name);
    return (
      isKey(key, press) &&
      (press.ctrlKey || press.metaKey) === wants('mod') &&
      (needsNoShift(key) || press.shiftKey === wants('shift')) &&
      press.altKey === wants('alt')
    );
  });
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ...SYMBOLS,
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  delete: 'Del',
  backspace: 'Backspace',
  enter: 'Enter',
  escape: 'Esc',
  insert: 'Ins',
  contextmenu: 'Menu',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  minus: '−',
};

const MAC_NAMES: Readonly<Record<string, string>> = {
  ...KEY_NAMES,
  mod: '⌘',
  shift: '⇧',
  alt: '⌥',
  delete: '⌦',
  backspace: '⌫',
  enter: '↩',
};

const MAC_ORDER = ['alt', 'shift', 'mod'];

const isMac = () => /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

/** The keys of the first way to press a shortcut, as this platform names them: `Ctrl`, `Shift`, `Z`; `⌘`, `⇧`, `Z`. */
export function shortcutKeys(shortcut: string, onMac = isMac()): string[] {
  const names = onMac ? MAC_NAMES : KEY_NAMES;
  const ways = shortcut.split(' ');
  // A Mac's keyboard has Backspace where others have both.
  const way = (onMac && ways.find((one) => one === 'backspace')) || ways[0] || '';
  const parts = way.split('+');
  const key = parts.pop() ?? '';
  const held = onMac ? MAC_ORDER.filter((name) => parts.includes(name)) : parts;
  return [...held, key].map((part) => names[part] ?? part.toUpperCase());
}

/** How people read a shortcut: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`. */
export function shortcutText(shortcut: string, onMac = isMac()): string {
  const keys = shortcutKeys(shortcut, onMac);
  return onMac ? keys.join('') : keys.join('+');
}
