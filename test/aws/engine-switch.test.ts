// An applied environment goes from Terraform to OpenTofu and back, by the command, with the real provider: nothing in the cloud notices.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph, Run } from '../../schemas/generated/types.ts';
import { graph, line, node } from '../fixtures/graphs.ts';
import { plumblineOn } from '../helpers/plumbline-command.ts';
import { findOpenTofu } from '../tiers.mjs';
import { takeInventory } from './inventory.ts';
import { type Live, openLive, wordsOf } from './live.ts';
import { versionsOf } from './tables.ts';

const REGION = 'ca-central-1';
const tofu = findOpenTofu();
const topicAndQueue = (params: Record<string, unknown> = {}): Graph =>
  graph(
    [node('events', 'aws-topic'), node('jobs', 'aws-queue', params)],
    [line('events-jobs', 'events.topic', 'jobs.subscribesTo', ['subscribe'])],
  );
const nothing = { create: 0, change: 0, replace: 0, delete: 0 };

let live: Live;
let scope = '';
/** What the region has of its own. */
let given: string[] = [];
beforeAll(async () => {
  live = await openLive({ PLUMBLINE_ENGINE: tofu });
  given = await held();
});
afterAll(() => live?.close());

/** What stands in the region. */
const held = async () => {
  const things = await takeInventory({ endpoint: live.endpoint, region: REGION, prefix: 'shop-switched-' });
  return things.map(({ kind, id }) => `${kind} ${id}`).sort();
};
const apply = (kind: 'apply' | 'destroy') => live.run(scope, { kind, approve: true });
async function switchTo(engine: string): Promise<string> {
  const { code, out, err } = await plumblineOn(live.dataDir).words('env', 'engine', scope, engine);
  expect(code, err).toBe(0);
  return out.replace(/\s+/g, ' ').trim();
}
const mustSucceed = (run: Run) => expect(run.status, wordsOf(run)).toBe('succeeded');

describe.skipIf(!tofu)('an environment at an endpoint', () => {
  it('is applied with Terraform', async () => {
    const target = { kind: 'aws-endpoint' as const, region: REGION, endpoint: live.endpoint };
    scope = await live.environment('switched', topicAndQueue(), { target, engine: 'terraform' });
    mustSucceed(await apply('apply'));
    expect((await versionsOf(live)).engine).toMatch(/^terraform \S+$/);
  });

  it('is switched to OpenTofu, which says whose state was rewritten, and once', async () => {
    const before = await held();
    const rewritten = "The provider's address was rewritten in the states of events, jobs.";
    expect(await switchTo('opentofu')).toBe(
      `${scope} is planned with OpenTofu now. ${rewritten} Nothing in the cloud was changed.`,
    );
    expect(await switchTo('opentofu')).toContain('No state had to be rewritten.');
    expect(before).not.toEqual(given);
    expect(await held()).toEqual(before);
  });

  it('has nothing to change for OpenTofu, which reads everything again', async () => {
    const plan = await live.run(scope, { kind: 'plan', refresh: true });
    expect(plan.status, wordsOf(plan)).toBe('waiting');
    expect(plan.steps.map(({ node: box, changes }) => [box, changes])).toEqual([
      ['events', []],
      ['jobs', []],
    ]);
    expect(plan.totals).toMatchObject(nothing);
    await live.call('POST', `runs/${plan.id}/cancel`, {});
    expect(await versionsOf(live)).toMatchObject({ engine: expect.stringMatching(/tofu \S+/) });
  });

  it('takes a changed param from OpenTofu', async () => {
    await live.save(scope, topicAndQueue({ visibilityTimeoutSeconds: 77 }));
    const run = await apply('apply');
    mustSucceed(run);
    expect(run.totals).toMatchObject({ ...nothing, change: 1 });
  });

  it('goes back to Terraform, and is destroyed by it', async () => {
    expect(await switchTo('terraform')).toContain('rewritten in the states of events, jobs.');
    mustSucceed(await apply('destroy'));
    expect(await held()).toEqual(given);
  });
});
