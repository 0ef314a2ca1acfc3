import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReadyHeap } from './ready-heap.ts';
import { type ScheduledStep, type StepOutcome, schedule } from './schedule.ts';

const never = new AbortController().signal;
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Steps whose dependencies all stand before them: no cycles. */
const dag = fc
  .integer({ min: 1, max: 30 })
  .chain((size) =>
    fc
      .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: size, maxLength: size })
      .map((lists): ScheduledStep[] =>
        lists.map((list, i) => ({ id: `s${i}`, dependsOn: i === 0 ? [] : [...new Set(list.map((n) => `s${n % i}`))] })),
      ),
  );

describe('schedule', () => {
  it('starts each step once, after its dependencies, and never more than it may side by side', async () => {
    await fc.assert(
      fc.asyncProperty(dag, fc.integer({ min: 1, max: 5 }), async (steps, concurrency) => {
        const done = new Set<string>();
        let [running, most] = [0, 0];
        const outcomes = await schedule({
          steps,
          concurrency,
          signal: never,
          async run(step): Promise<StepOutcome> {
            expect(step.dependsOn.filter((id) => !done.has(id))).toEqual([]);
            running += 1;
            most = Math.max(most, running);
            await tick();
            running -= 1;
            expect(done.has(step.id)).toBe(false);
            done.add(step.id);
            return 'ok';
          },
        });
        expect(most).toBeLessThanOrEqual(concurrency);
        expect([...outcomes.values()]).toEqual(steps.map(() => 'ok'));
      }),
      { numRuns: 50 },
    );
  });

  it('blocks exactly what depends on a failure, however far', async () => {
    await fc.assert(
      fc.asyncProperty(dag, fc.nat(), async (steps, n) => {
        const bad = `s${n % steps.length}`;
        const expected = new Set<string>([bad]);
        for (const step of steps) if (step.dependsOn.some((id) => expected.has(id))) expected.add(step.id);
        const told: string[] = [];
        const outcomes = await schedule({
          steps,
          concurrency: 3,
          signal: never,
          run: async (step) => (step.id === bad ? 'failed' : 'ok'),
          onBlocked: (step, by) => told.push(`${step.id} by ${by}`),
        });
        const notOk = [...outcomes].filter(([, outcome]) => outcome !== 'ok').map(([id]) => id);
        expect(new Set(notOk)).toEqual(expected);
        expect(outcomes.get(bad)).toBe('failed');
        expect(told.sort()).toEqual(
          notOk
            .filter((id) => id !== bad)
            .map((id) => `${id} by ${bad}`)
            .sort(),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('takes the ready ones in the order of their ids', async () => {
    const order: string[] = [];
    const steps = ['c', 'a', 'b', 'd'].map((id) => ({ id, dependsOn: id === 'a' ? ['d'] : [] }));
    const run = async (step: ScheduledStep): Promise<StepOutcome> => {
      order.push(step.id);
      return 'ok';
    };
    await schedule({ steps, concurrency: 1, signal: never, run });
    expect(order).toEqual(['b', 'c', 'd', 'a']);
  });

  it('starts no other step after an abort, and waits for those that run', async () => {
    const abort = new AbortController();
    let ended = false;
    const outcomes = await schedule({
      steps: [
        { id: 'a', dependsOn: [] },
        { id: 'b', dependsOn: [] },
        { id: 'c', dependsOn: ['a'] },
      ],
      concurrency: 1,
      signal: abort.signal,
      async run() {
        abort.abort();
        await tick();
        ended = true;
        return 'ok';
      },
    });
    expect(ended).toBe(true);
    expect(Object.fromEntries(outcomes)).toEqual({ a: 'ok', b: 'cancelled', c: 'cancelled' });
  });

  it('runs nothing where it was aborted before', async () => {
    const outcomes = await schedule({
      steps: [{ id: 'a', dependsOn: [] }],
      concurrency: 1,
      signal: AbortSignal.abort(),
      run: () => Promise.reject(new Error('must not run')),
    });
    expect(outcomes.get('a')).toBe('cancelled');
  });

  it('throws what a step throws, after the others have ended', async () => {
    let ended = false;
    const run = async (step: ScheduledStep): Promise<StepOutcome> => {
      if (step.id === 'a') throw new Error('a bug');
      await tick();
      ended = true;
      return 'ok';
    };
    const steps = [
      { id: 'a', dependsOn: [] },
      { id: 'b', dependsOn: [] },
    ];
    await expect(schedule({ steps, concurrency: 2, signal: never, run })).rejects.toThrow('a bug');
    expect(ended).toBe(true);
  });

  it.each([
    [
      'a cycle',
      [
        { id: 'a', dependsOn: ['b'] },
        { id: 'b', dependsOn: ['a'] },
        { id: 'c', dependsOn: [] },
      ],
      'cycle: a, b',
    ],
    ['a dependency that is not there', [{ id: 'a', dependsOn: ['x'] }], '"a" depends on "x"'],
    [
      'an id that is there twice',
      [
        { id: 'a', dependsOn: [] },
        { id: 'a', dependsOn: [] },
      ],
      'same id',
    ],
  ])('refuses %s before anything runs', async (_what, steps, message) => {
    const run = () => Promise.reject(new Error('must not run'));
    await expect(schedule({ steps, concurrency: 1, signal: never, run })).rejects.toThrow(message);
  });

  it('takes 10,000 steps, wide or in one long chain', async () => {
    const wide = Array.from({ length: 10_000 }, (_, i) => ({ id: `s${i}`, dependsOn: [] as string[] }));
    const chain = wide.map(({ id }, i) => ({ id, dependsOn: i === 0 ? [] : [`s${i - 1}`] }));
    for (const steps of [wide, chain]) {
      const outcomes = await schedule({ steps, concurrency: 4, signal: never, run: async () => 'ok' });
      expect(outcomes.size).toBe(10_000);
    }
    const failed = await schedule({ steps: chain, concurrency: 4, signal: never, run: async () => 'failed' });
    expect([...failed.values()].filter((o) => o === 'blocked')).toHaveLength(9_999);
  });
});

it('a ready heap gives back what was put in, sorted', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (ids) => {
      const heap = createReadyHeap();
      for (const id of ids) heap.push(id);
      const got = ids.map(() => heap.pop());
      expect(got).toEqual([...ids].sort());
      expect(heap.pop()).toBeUndefined();
    }),
  );
});
