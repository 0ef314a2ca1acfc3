// Hands that know nothing of the page: any key, click, drag or word at any moment.
import type { Page } from 'playwright-core';
import type { Random } from './random-gestures.ts';

const KEYS = [
  ...['0', '1', '2', '=', '-', '+', '?', '/', '[', ']', 'a', 'c', 'i', 'm', 'n', 'F2', 'Insert', 'Space', 'Backspace'],
  ...['Enter', 'Enter', 'Enter', 'Escape', 'Escape', 'Escape', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'ContextMenu'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowDown'],
  ...['Delete', 'Shift+Delete', 'Shift+1', 'Shift+2', 'Shift+c', 'Shift+l', 'Shift+F10', 'Alt+Enter', 'Alt+Shift+l'],
  ...['a', 'c', 'd', 'f', 'g', 'k', 's', 'v', 'x', 'y', 'z', 'z', '\\', 'Shift+g', 'Shift+z'].map(
    (key) => `Control+${key}`,
  ),
];
const WORDS = ['orders', 'queue', 'x', '12', 'a b', '\u00fcber', 'topic', '{"', ''];
/** Buttons that open a file dialog or save one. */
const LEAVES = /Download|Save|Export|SVG|PNG/;
const CONTROLS = 'button, [role="menuitem"], [role="option"], [role="tab"], input';

interface Control {
  name: string;
  x: number;
  y: number;
}

const controls = (page: Page): Promise<Control[]> =>
  page.locator(`:is(${CONTROLS}):visible`).evaluateAll((all) =>
    all.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40);
      return { name, x: x + width / 2, y: y + height / 2 };
    }),
  );

/** Does one thing, and says what it was. */
export async function anything(page: Page, random: Random): Promise<string> {
  const { width, height } = page.viewportSize() ?? { width: 1440, height: 900 };
  const place = () => [random.below(width), random.below(height)] as const;
  const dice = random.below(100);
  if (dice < 50) {
    const key = random.pick(KEYS);
    await page.keyboard.press(key);
    return `key ${key}`;
  }
  if (dice < 62) {
    const word = random.pick(WORDS);
    await page.keyboard.type(word);
    return `word ${word}`;
  }
  if (dice < 75) {
    const [x, y] = place();
    const button = random.below(8) === 0 ? 'right' : 'left';
    await page.mouse.click(x, y, { button, clickCount: random.below(5) === 0 ? 2 : 1 });
    return `${button} click at ${x} ${y}`;
  }
  if (dice < 85) {
    const [from, to] = [place(), place()];
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(from[0] + 6, from[1] + 3);
    await page.mouse.move(...to, { steps: 4 });
    if (random.below(4) === 0) await page.keyboard.press('Escape');
    await page.mouse.up();
    return `drag from ${from.join(' ')} to ${to.join(' ')}`;
  }
  if (dice < 95) {
    const all = (await controls(page)).filter(({ name }) => !LEAVES.test(name));
    if (all.length === 0) return 'nothing';
    const control = random.pick(all);
    await page.mouse.click(control.x, control.y);
    return `press ${control.name}`;
  }
  await page.mouse.wheel(0, random.below(600) - 300);
  return 'wheel';
}
