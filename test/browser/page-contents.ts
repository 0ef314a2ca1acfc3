// What a page holds, read out of the page itself.
import type { Page } from 'playwright-core';
import type { DocumentContent } from '../../schemas/rules/content.ts';

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

/** The document that a page holds, read out of the page itself. */
export async function contentOf(page: Page): Promise<DocumentContent> {
  return page.evaluate(() => {
    interface Fiber {
      return?: Fiber;
      memoizedProps?: { value?: { document?: { content?: () => DocumentContent } } };
    }
    const canvas = document.querySelector('.canvas');
    const key = Object.keys(canvas ?? {}).find((name) => name.startsWith('__reactFiber')) as keyof Element | undefined;
    let fiber = (key && canvas?.[key]) as Fiber | undefined;
    while (fiber && !fiber.memoizedProps?.value?.document?.content) fiber = fiber.return;
    const content = fiber?.memoizedProps?.value?.document?.content?.();
    if (!content) throw new Error('The page has no document.');
    return content;
  });
}
