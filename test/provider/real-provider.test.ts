// The real AWS provider judges every root of the catalogue, and the sandbox's plans are measured against its plans.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ObjectStore, type Sandbox, startSandbox } from '../../server/sandbox/index.ts';
import { type CatalogueCase, catalogueCases } from '../helpers/catalogue-cases.ts';
import { type Comparison, comparePlans, type Difference } from './compare-plans.ts';
import { createPlanFolder, type PlanFolder, registryOf, type Verdict } from './plan-root.ts';

interface Exception {
  type: string;
  attribute: string;
  reason: string;
}

interface Judged {
  verdict: Verdict;
  comparison: Comparison;
}

const GOAL = 0.98;
/** The real provider takes a core and 400 MB for each plan. */
const SIDE_BY_SIDE = 2;

const mirror = process.env.PLUMBLINE_PROVIDER_MIRROR ?? '';
const cases = mirror ? await catalogueCases() : [];
const exceptions = JSON.parse(
  readFileSync(new URL('sandbox-differences.json', import.meta.url), 'utf8'),
) as Exception[];

describe.runIf(mirror)('every root of the catalogue, before the real provider', () => {
  const judged = new Map<string, Judged | Error>();
  let dir = '';
  let sandbox: Sandbox | undefined;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'plumbline-provider-'));
    const engine = await registryOf(mirror);
    sandbox = await startSandbox({
      account: '000000000000',
      region: 'eu-central-1',
      store: emptyStore,
      faults: async () => [],
      socketDir: dir,
      resourceTypes: cases.flatMap(({ result }) => result.resourceTypes),
    });
    const reattach = { TF_REATTACH_PROVIDERS: sandbox.reattach(engine) };
    const queue = [...cases];
    const lane = async (number: number): Promise<void> => {
      const real = createPlanFolder({ engine, dir: join(dir, `real-${number}`), init: [`-plugin-dir=${mirror}`] });
      const stand = createPlanFolder({ engine, dir: join(dir, `sandbox-${number}`), init: [], env: reattach });
      for (let next = queue.shift(); next; next = queue.shift()) {
        judged.set(next.name, await judge(next, real, stand).catch((error: Error) => error));
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, number) => lane(number)));
  }, 900_000);

  afterAll(async () => {
    await sandbox?.close();
    await rm(dir, { recursive: true, force: true });
  });

  const of = ({ name }: CatalogueCase): Judged => {
    const found = judged.get(name);
    if (!found || found instanceof Error) throw found ?? new Error(`${name} was not judged`);
    return found;
  };
  const differences = (): Difference[] =>
    [...judged.values()].flatMap((found) => (found instanceof Error ? [] : found.comparison.differences));

  it.each(cases)('$name is valid and can be planned', (subject) => {
    expect(of(subject).verdict.diagnostics).toEqual([]);
    expect(of(subject).comparison.compared).toBeGreaterThan(0);
  });

  it.each(cases)('the sandbox plans $name as the real provider does, listed exceptions apart', (subject) => {
    expect(of(subject).comparison.differences.filter((difference) => !isListed(difference))).toEqual([]);
  });

  it(`the sandbox plans at least ${GOAL * 100}% of all values as the real provider does`, () => {
    const compared = cases.reduce((sum, subject) => sum + of(subject).comparison.compared, 0);
    const share = 1 - differences().length / compared;
    console.log(`${(share * 100).toFixed(2)}% of ${compared} planned values in ${cases.length} roots are equal`);
    expect(share).toBeGreaterThanOrEqual(GOAL);
  });

  it.each(exceptions)('the exception $type $attribute still occurs', (exception) => {
    expect(differences().some((difference) => covers(exception, difference))).toBe(true);
  });
});

async function judge({ result, values }: CatalogueCase, real: PlanFolder, stand: PlanFolder): Promise<Judged> {
  await real.put(result.root, values);
  await stand.put(result.root, values);
  const verdict = await real.validate();
  return { verdict, comparison: comparePlans(await real.plan(), await stand.plan()) };
}

function isListed(difference: Difference): boolean {
  return exceptions.some((exception) => covers(exception, difference));
}

/** An exception covers its attribute and what is inside of it. */
function covers({ type, attribute }: Exception, difference: Difference): boolean {
  const inside = difference.attribute.startsWith(`${attribute}.`) || difference.attribute.startsWith(`${attribute}[`);
  return type === difference.type && (attribute === difference.attribute || inside);
}

/** A create plan looks at nothing. */
const emptyStore: ObjectStore = {
  get: async () => undefined,
  insert: async () => true,
  update: async () => undefined,
  remove: async () => false,
  list: async () => [],
};
