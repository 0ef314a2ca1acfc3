// The server with the fixtures as its catalogue, for what no published module has: a secret param, a newer version.
import { fileURLToPath } from 'node:url';
import { readSettings } from '../../server/settings.ts';
import { startServer } from '../../server/start-server.ts';

const fixtures = (folder: string) => fileURLToPath(new URL(`../fixtures/${folder}`, import.meta.url));

const server = await startServer(readSettings(process.env), process.env, {
  modulesDir: [fixtures('modules'), fixtures('newer')],
  contractsDir: fixtures('contracts'),
});
process.once('SIGTERM', () => void server.close());
