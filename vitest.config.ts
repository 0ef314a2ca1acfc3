import { defineConfig } from 'vitest/config';
import { findEngine, findOpenTofu } from './test/tiers.mjs';

// A busy machine may take longer than the seconds that a test, a hook or a poll is given by default.
const patient = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 10_000 } } };
const node = { environment: 'node', pool: 'forks', ...patient } as const;
const tier = (name: string, include: string[], more: object = {}) => ({ test: { name, include, ...node, ...more } });
/** Which engine a tier runs with. */
const engine = (path: string) => ({ env: { PLUMBLINE_ENGINE: path } });
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
      { test: { name: 'page', include: ['web/**/*.test.{ts,tsx}'], environment: 'happy-dom', ...patient } },
      tier('contracts', ['test/contracts/**/*.test.ts']),
      tier('modules', ['modules/**/*.test.ts']),
      tier('server', ['test/server/**/*.test.ts']),
      tier('apply', ['test/apply/**/*.test.ts'], { ...slow, ...engine(findEngine() ?? '') }),
      tier('apply-tofu', ['test/{apply,engines}/**/*.test.ts'], {
        ...slow,
        ...engine(findOpenTofu() ?? 'tofu'),
      }),
      tier('provider', ['test/provider/**/*.test.ts'], { ...slow, fileParallelism: false, env: { GOGC: '400' } }),
      tier('aws', ['test/aws/**/*.test.ts'], {
        ...{ testTimeout: 1_200_000, hookTimeout: 600_000 },
        globalSetup: ['test/aws/setup.ts'],
        // Hundreds of starts of the real provider: memory for processor time.
        env: { GOGC: '400' },
      }),
      tier('browser', ['test/browser/**/*.test.ts'], slow),
    ],
  },
});
