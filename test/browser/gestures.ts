// What a person does on the page, by the words that a person would use for it.
import type { Locator, Page } from 'playwright-core';
import type { Drawn } from './plumbline.ts';

export const box = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
export const line = (page: Page, id: string) => page.locator(`.react-flow__edge[data-id="${id}"]`);
/** Boxes that were taken away and are still deployed. */
export const ghosts = (page: Page) => page.locator('.ghost');
export const badge = (page: Page, id: string) => box(page, id).locator('.box-badge');
export const footer = (page: Page, id: string) => box(page, id).locator('.box-state');
export const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
export const saveMark = (page: Page) => page.locator('.save');
export const runBar = (page: Page) => page.locator('.run-bar');
export const drawer = (page: Page) => page.locator('.drawer');
const module = (page: Page, title: string) =>
  page.getByRole('navigation', { name: 'Modules' }).getByRole('button', { name: new RegExp(`^${title}\\b`) });

const port = (page: Page, node: string, name: string, side: 'source' | 'target') =>
  box(page, node).locator(`.react-flow__handle.${side}[data-handleid="${name}"]`);
/** The row of a port: its dot and name; it says whether it takes the line that is being drawn. */
export const portRow = (page: Page, node: string, name: string, side: 'source' | 'target') =>
  box(page, node).locator('.port', { has: page.locator(`.react-flow__handle.${side}[data-handleid="${name}"]`) });

/** Waits until the graph is drawn. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.react-flow__node').first().waitFor();
}

/** Waits until everything that was edited is on the server. */
export async function untilSaved(page: Page): Promise<void> {
  await page.locator('.save[data-status="saved"]').waitFor();
}

async function middle(target: Locator): Promise<{ x: number; y: number }> {
  const area = await target.boundingBox();
  if (!area) throw new Error(`Nothing to point at: ${target.toString()}`);
  return { x: area.x + area.width / 2, y: area.y + area.height / 2 };
}

/** Takes a module from the palette and drops it on the canvas, at a place in the window. */
export async function dragModule(page: Page, title: string, to: { x: number; y: number }): Promise<void> {
  const from = await middle(module(page, title));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 4, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

export const focusModule = (page: Page, title: string) => module(page, title).focus();

export interface PortName {
  node: string;
  port: string;
}

interface Place {
  x: number;
  y: number;
}

async function pullFrom(page: Page, start: Place, aims: 'source' | 'target') {
  const moveTo = (place: Place) => page.mouse.move(place.x, place.y, { steps: 8 });
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + (aims === 'target' ? 16 : -16), start.y + 8, { steps: 3 });
  return {
    aim: async (to: PortName) => moveTo(await middle(port(page, to.node, to.port, aims))),
    /** At the title of a box, where no port is. */
    aimAtBox: async (node: string) => moveTo(await middle(box(page, node).locator('.box-title'))),
    aimAt: moveTo,
    drop: () => page.mouse.up(),
  };
}

/** Pulls a line out of an output and holds it; `aim` moves its end, `drop` lets it go. */
export const pullLine = async (page: Page, from: PortName) =>
  pullFrom(page, await middle(port(page, from.node, from.port, 'source')), 'target');

/** The same, backwards from an input. */
export const pullBack = async (page: Page, from: PortName) =>
  pullFrom(page, await middle(port(page, from.node, from.port, 'target')), 'source');

/** Selects a line and takes it by the end at its consumer or its producer. */
export async function takeLineEnd(page: Page, id: string, end: 'target' | 'source') {
  await selectLine(page, id);
  const grip = await middle(line(page, id).locator(`.line-grips circle:${end === 'target' ? 'last' : 'first'}-child`));
  // Away from the box, whose port reaches a bit beyond its edge.
  return pullFrom(page, { x: grip.x + (end === 'target' ? -4 : 4), y: grip.y }, end);
}

/** A place on the canvas where nothing stands: below all boxes. */
export async function emptyPlace(page: Page): Promise<Place> {
  const areas = await page
    .locator('.react-flow__node')
    .evaluateAll((boxes) =>
      boxes.map((each) => each.getBoundingClientRect()).map(({ right, bottom }) => ({ right, bottom })),
    );
  return {
    x: Math.max(...areas.map(({ right }) => right)) - 120,
    y: Math.max(...areas.map(({ bottom }) => bottom)) + 60,
  };
}

export const connectMenu = (page: Page) => page.locator('.connect-menu');
export const offers = (page: Page) => connectMenu(page).getByRole('option');

export async function dragLine(page: Page, from: PortName, to: PortName): Promise<void> {
  const pulled = await pullLine(page, from);
  await pulled.aim(to);
  await pulled.drop();
}

export async function selectBox(page: Page, id: string): Promise<void> {
  await box(page, id).locator('.box-title').click();
}

/** Selects a line by the keyboard, which reaches it wherever boxes cover it. */
export async function selectLine(page: Page, id: string): Promise<void> {
  await line(page, id).focus();
  await page.keyboard.press('Enter');
}

export async function openTab(page: Page, name: string): Promise<void> {
  await inspector(page).getByRole('tab', { name }).click();
}

/** Opens the drawer of the shown run on one of its tabs. */
export async function openDrawer(page: Page, tab: 'Changes' | 'Steps'): Promise<void> {
  if (!(await drawer(page).isVisible())) await runBar(page).locator('.run-line').click();
  await drawer(page).getByRole('tab', { name: tab }).click();
}

export async function tickGrant(page: Page, name: string): Promise<void> {
  await inspector(page).locator(`#grant-${name}`).click();
}

/** Ids of the boxes or lines that the access lens takes in, its own box included. */
export async function inLens(page: Page, what: 'box' | 'line'): Promise<string[]> {
  const marked = what === 'box' ? '.box[data-lens]' : '.line-path[data-lens]';
  const elements = page.locator(what === 'box' ? '.react-flow__node' : '.react-flow__edge', {
    has: page.locator(marked),
  });
  const ids = await elements.evaluateAll((found) =>
    found.flatMap((element) => {
      const isOut = element.querySelector('[data-lens="out"]') !== null;
      return isOut ? [] : [element.getAttribute('data-id') ?? ''];
    }),
  );
  return ids.sort();
}

/** Rows of an access table, as `who or on what: grants`. */
export async function accessRows(page: Page, table: string): Promise<string[]> {
  const rows = inspector(page).getByRole('table', { name: table }).locator('.access-row');
  return rows.evaluateAll((found) =>
    found.map((row) => {
      const names = [...row.querySelectorAll('.access-who strong')].map((name) => name.textContent);
      const grants = [...row.querySelectorAll('.access-grant > strong')].map((grant) => grant.textContent);
      return `${names.join(' on ')}: ${grants.join(', ')}`;
    }),
  );
}

/** The field of a param in the settings, by its title. */
export const param = (page: Page, title: string) =>
  inspector(page)
    .getByLabel(new RegExp(`^${title}`))
    .first();

export async function typeParam(page: Page, title: string, value: string): Promise<void> {
  await param(page, title).fill(value);
}

/** Somebody else who has the environment open. */
export const person = (page: Page, name: string) =>
  page.getByRole('list', { name: 'People here' }).getByRole('button', { name: `${name} is here` });

/** Takes a name that others see. */
export async function callOneself(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /: you are / }).click();
  await page.getByLabel('Your name', { exact: true }).fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `: you are ${name},` }).waitFor();
}

export const pointAt = (page: Page, { x, y }: { x: number; y: number }) => page.mouse.move(x, y, { steps: 2 });

export async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Undo/ }).first().click();
}

/** Gives the selected box another name. */
export async function rename(page: Page, name: string): Promise<void> {
  await inspector(page).getByLabel('Name', { exact: true }).fill(name);
  await page.keyboard.press('Enter');
}

const button = (page: Page, name: string) => page.locator('.top').getByRole('button', { name, exact: true });

/** How long a run in the sandbox may take on a busy machine. */
const RUN_MS = 60_000;

/** Presses Plan and waits until the plan waits for a person. */
export async function plan(page: Page, timeout = RUN_MS): Promise<void> {
  await ((await button(page, 'Plan again').isVisible()) ? button(page, 'Plan again') : button(page, 'Plan')).click();
  await button(page, 'Review and apply').waitFor({ timeout });
}

export const review = (page: Page) => page.getByRole('dialog', { name: /^Review and/ });

export async function openReview(page: Page): Promise<void> {
  await page
    .locator('.top')
    .getByRole('button', { name: /^Review and/ })
    .click();
  await review(page).waitFor();
}

/** Says yes in the review; does not wait for the apply. */
export async function sayYes(page: Page): Promise<void> {
  await review(page)
    .getByRole('button', { name: /^(Apply|Destroy) \d/ })
    .click();
}

/** Waits until the shown run says one of these words in the bar. */
export async function untilRunSays(page: Page, words: RegExp, timeout = RUN_MS): Promise<void> {
  await runBar(page).locator('.run-line', { hasText: words }).waitFor({ timeout });
}

/** The code editor beside the canvas, and the line under it that says how the two stand. */
export const textEditor = (page: Page) => page.getByRole('textbox', { name: "The graph's text" });
export const textState = (page: Page) => page.locator('.text-state');

/** Shows the canvas, both, or the text, by the switch in the top bar. */
export async function showPane(page: Page, pane: 'Canvas' | 'Both' | 'Text'): Promise<void> {
  await page.getByRole('group', { name: 'What to show' }).getByRole('button', { name: pane, exact: true }).click();
  if (pane !== 'Canvas') await textEditor(page).waitFor();
}

/** Puts the cursor behind the first place of a text, found as a person finds it: with the search panel. */
export async function clickInText(page: Page, text: string): Promise<void> {
  await textEditor(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+f');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
}

/** Opens the problem that is marked at a text, and presses the button that mends it. */
export async function mendInText(page: Page, marked: string, name: string): Promise<void> {
  await problemIn(page, marked).first().hover();
  await mends(page).getByText(name, { exact: true }).click();
}

/** The buttons of the problem that is open. */
export const mends = (page: Page) => page.locator('.cm-tooltip .cm-diagnosticAction');

/** What is marked as wrong in the text. */
export const problemIn = (page: Page, marked: string) => page.locator('.cm-lintRange', { hasText: marked });

/** Picks one of the completions that the editor offers. */
export async function takeSuggestion(page: Page, label: string): Promise<void> {
  await page.locator('.cm-completionLabel').getByText(label, { exact: true }).click();
}

/** The text as it can be copied. */
export async function readText(page: Page): Promise<string> {
  const lines = await page.locator('.cm-line').allTextContents();
  return lines.join('\n');
}

/** Waits until the graph is painted from afar. */
export async function untilPainted(page: Page): Promise<void> {
  await page.locator('.canvas[data-level="far"] .far-canvas[data-drawn]').waitFor({ state: 'attached' });
  await untilStill(page);
}

/** The view is fitted after the first frame: until it stands, a place in the window is another one in the next. */
async function untilStill(page: Page): Promise<void> {
  await page.locator('.canvas').evaluate(async (canvas) => {
    const view = () => canvas.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform;
    for (let still = 0, before = view(); still < 4; ) {
      await new Promise(requestAnimationFrame);
      const now = view();
      still = now === before ? still + 1 : 0;
      before = now;
    }
  });
}

/** Where the title of a box is in the window while it is painted: it has no element that could be asked. */
export async function farPlace(page: Page, drawn: Drawn, id: string): Promise<{ x: number; y: number }> {
  const { x, y } = drawn.layout?.nodes[id] ?? { x: 0, y: 0 };
  return page.locator('.react-flow').evaluate(
    (canvas, place) => {
      const viewport = canvas.querySelector('.react-flow__viewport');
      const matrix = new DOMMatrix(viewport ? getComputedStyle(viewport).transform : '');
      const area = canvas.getBoundingClientRect();
      return { x: area.x + matrix.e + place.x * matrix.a, y: area.y + matrix.f + place.y * matrix.a };
    },
    { x: x + 100, y: y + 40 },
  );
}

/** The command palette while it is open. */
export const commands = (page: Page) => page.getByRole('dialog', { name: /^(Do anything|Add a module)/ });

/** Takes a box by its title and holds it; `move` says how far from where it was taken. */
export async function holdBox(page: Page, id: string) {
  const from = await middle(box(page, id).locator('.box-title'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // A hand begins slowly; what it moves before the drag begins does not count.
  await page.mouse.move(from.x + 2, from.y);
  return {
    async move(by: { x: number; y: number }) {
      await page.mouse.move(from.x + by.x / 2 + 4, from.y + by.y / 2 + 4, { steps: 4 });
      await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 6 });
    },
    drop: () => page.mouse.up(),
  };
}

export async function dragBox(page: Page, id: string, by: { x: number; y: number }): Promise<void> {
  const held = await holdBox(page, id);
  await held.move(by);
  await held.drop();
}

/** Notes where a box is drawn in every frame from now on; the answer tells how many places it was seen at. */
export async function watchBox(page: Page, id: string): Promise<() => Promise<number>> {
  const watched = await box(page, id).evaluateHandle((element) => {
    const seen = new Set<string>();
    const look = () => {
      const { x, y } = element.getBoundingClientRect();
      seen.add(`${x} ${y}`);
      if (element.isConnected) requestAnimationFrame(look);
    };
    look();
    return seen;
  });
  return () => watched.evaluate((seen) => seen.size);
}

/** Draws a line by hand through these places in the window. */
export async function drawLoop(page: Page, places: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const [start, ...others] = places;
  if (!start) return;
  await page.mouse.move(...start);
  await page.mouse.down();
  for (const place of others) await page.mouse.move(...place, { steps: 8 });
  await page.mouse.up();
}
/** Takes a thing by its middle and drags it by so many pixels. */
export async function dragBy(page: Page, target: Locator, by: { x: number; y: number }): Promise<void> {
  const from = await middle(target);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x / 4, from.y + by.y / 4, { steps: 3 });
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 6 });
  await page.mouse.up();
}

/** Waits until the canvas is there, whatever it draws from afar. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('.toolbar').waitFor();
}

/** The colour that is painted at a place in the window. */
export async function farColor(page: Page, { x, y }: Place): Promise<string> {
  return page
    .locator('.far-canvas canvas')
    .first()
    .evaluate(
      (canvas, [left, top]) => {
        const area = canvas.getBoundingClientRect();
        const { width, height } = canvas as HTMLCanvasElement;
        const context = (canvas as HTMLCanvasElement).getContext('2d');
        const at = [((left - area.x) * width) / area.width, ((top - area.y) * height) / area.height] as const;
        return [...(context?.getImageData(at[0], at[1], 1, 1).data ?? [])].join();
      },
      [x, y] as const,
    );
}

/** The field over a box in which its name is edited. */
export const nameField = (page: Page, name: string) => page.getByRole('textbox', { name: `Name of ${name}` });
