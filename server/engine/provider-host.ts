// A process of its own between engines and one provider, so that an apply under way outlives a crash of the server as its engine does.
// Arguments: the provider's program, a folder that only its owner can enter, which is removed in the end, and `checked` where its
// configuration is known to be good. Says where it listens in one line of JSON, and ends when its input has ended and no engine is
// connected any more.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { startProvider } from './provider-process.ts';
import { openRelay } from './provider-relay.ts';

const [program = '', scratch = '', checked] = process.argv.slice(2);
const owner = new AbortController();
process.stdin.once('end', () => owner.abort()).resume();
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const provider = await startProvider(program, {
  env: process.env as Record<string, string>,
  socketDir: scratch,
  signal: owner.signal,
});
if (!provider) process.exit(1);

let connected = 0;
const endIfAlone = () => {
  if (owner.signal.aborted && connected === 0) provider.stop();
};
const socket = path.join(scratch, 'relay');
const relay = await openRelay(socket, provider.socket, {
  isChecked: checked === 'checked',
  onConnections(count) {
    connected = count;
    endIfAlone();
  },
});
void provider.ended.then(() => {
  relay.close();
  process.exit();
});
owner.signal.addEventListener('abort', endIfAlone);
endIfAlone();
process.stdout.write(`${JSON.stringify({ pid: process.pid, protocolVersion: provider.protocolVersion, socket })}\n`);
