// What a page holds, for a test that looks for what must not be in it.
import type { Page } from 'playwright-core';

/** What is drawn, what fields hold, and what the browser keeps. */
export const everything = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
      JSON.stringify(Object.entries(localStorage)),
      JSON.stringify(Object.entries(sessionStorage)),
    ].join('\n'),
  );

/** Hands over the text of every answer that the page gets, but the stream of events, which never ends. */
export function listenToAnswers(page: Page, hear: (url: string, text: string) => void): void {
  page.on('response', async (response) => {
    // A body that the browser has let go of is the page's no more.
    if (!response.url().includes('/events')) hear(response.url(), await response.text().catch(() => ''));
  });
}
