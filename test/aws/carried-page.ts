// Looks at an environment's page the way its user does, and hands over all that it holds and all that it was sent.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { untilDrawn } from '../browser/gestures.ts';
import { everything, listenToAnswers } from '../browser/page-contents.ts';

const program = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

/** Whether this machine has a browser: the tier's other proofs need none. */
export const hasBrowser = existsSync(program);

/** Opens these boxes one after another, and each of their tabs. */
export async function lookAtPage(
  { address, scope, boxes }: { address: string; scope: string; boxes: readonly string[] },
  look: (place: string, text: string) => void,
): Promise<void> {
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(120_000);
    await context.addInitScript(() => localStorage.setItem('plumbline.tour', 'seen'));
    const page = await context.newPage();
    listenToAnswers(page, (url, text) => look(`page: answer of ${new URL(url).pathname}`, text));
    for (const box of boxes) {
      await page.goto(`${address}/#/${scope}?box=${box}`);
      await page.reload();
      await untilDrawn(page);
      const tabs = page.getByRole('complementary', { name: 'Inspector' }).getByRole('tab');
      await tabs.first().waitFor();
      for (const tab of await tabs.all()) {
        await tab.click();
        await page.waitForLoadState('networkidle').catch(() => undefined);
        look(`page: ${box}, ${await tab.innerText()}`, await everything(page));
      }
    }
  } finally {
    await browser.close();
  }
}
