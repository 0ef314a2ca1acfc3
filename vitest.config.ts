import { defineConfig } from 'vitest/config';

const node = { environment: 'node', pool: 'forks' } as const;
const tier = (name: string, include: string[], more: object = {}) => ({ test: { name, include, ...node, ...more } });
const slow = { testTimeout: 300_000, hookTimeout: 300_000 };

/** The tiers of the design, by name; test/run.mjs runs those that the machine can run. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      tier('laws', [
        'schemas/**/*.test.ts',
        'server/**/*.test.ts',
        'cli/**/*.test.{ts,mjs}',
        'test/{helpers,house}/**/*.test.ts',
      ]),
      { test: { name: 'page', include: ['web/**/*.test.{ts,tsx}'], environment: 'happy-dom' } },
      tier('contracts', ['test/contracts/**/*.test.ts']),
      tier('modules', ['modules/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      tier('server', ['test/server/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      tier('apply', ['test/apply/**/*.test.ts'], { ...slow, fileParallelism: false }),
      tier('provider', ['test/provider/**/*.test.ts'], { ...slow, fileParallelism: false }),
      tier('browser', ['test/browser/**/*.test.ts'], { ...slow, fileParallelism: false }),
    ],
  },
});
