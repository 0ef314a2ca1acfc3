// What axe-core finds wrong on a page.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/** Past the page's own policy, which lets no script in that the server did not send. */
export async function letAxeIn(page: Page): Promise<void> {
  await page.evaluate(axe.source);
}

/** Serious and critical findings, each with the first element that it concerns. */
export async function findings(page: Page, state: string): Promise<string[]> {
  const { violations } = await page.evaluate(async () => {
    // What moves into place is seen at its end.
    for (const motion of document.getAnimations())
      if (motion.effect?.getTiming().iterations !== Infinity) motion.finish();
    return (globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe.run();
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${state}: ${id} at ${nodes.length}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
    );
}
