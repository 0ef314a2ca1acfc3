import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const MODULE = new URL('./stop-process.ts', import.meta.url).href;

/** A server of its own that exits in order while an engine runs; the engine may be tracked, or have ended before. */
async function engineAfterServerExit(use: string, seconds: number): Promise<unknown[]> {
  const engine = spawn('/bin/sh', ['-c', `echo ready; exec sleep ${seconds}`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(engine, 'exit');
  await once(engine.stdout, 'data');
  const script = `import { trackUntilExit } from '${MODULE}'; const untrack = trackUntilExit(${engine.pid}); ${use}; process.exit(0);`;
  const server = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: 'ignore' });
  expect(await once(server, 'exit')).toEqual([0, null]);
  return ended;
}

it('a server that exits in order asks its engines to stop', async () => {
  expect(await engineAfterServerExit('', 60)).toEqual([null, 'SIGINT']);
});

it('a server that exits leaves a process alone that it no longer tracks', async () => {
  expect(await engineAfterServerExit('untrack()', 2)).toEqual([0, null]);
});
