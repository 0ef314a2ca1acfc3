// A server that dies: applies the saved plan of a root with a state backend of its own, and is killed by the test in the middle.
import { writeFileSync } from 'node:fs';
import { applyRoot } from '../../server/engine/root-calls.ts';
import { createStateBackend } from '../../server/engine/state-backend.ts';
import type { EngineCase } from './engine-roots.ts';
import { memoryStates } from './engine-roots.ts';

const { engine, cliConfig, dir, record } = JSON.parse(process.argv[2] ?? '{}') as EngineCase & { record: string };
const backend = await createStateBackend({ states: memoryStates() });
const { env } = backend.credentials({ environment: 'env', node: 'node', run: 'run' });
await applyRoot({
  engine,
  cliConfig,
  dir,
  target: 'sandbox',
  env,
  signal: new AbortController().signal,
  timeoutMs: 120_000,
  onSpawn: (pid, startedAt) => writeFileSync(record, JSON.stringify({ pid, startedAt })),
  onLine: ({ text }) => process.stdout.write(`${text}\n`),
  planFile: 'plan.bin',
});
