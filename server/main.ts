// The server as a program: `main` listens until it is told to stop, `main --restore FILE` puts a backup in place.
import { errorText, PlumblineError } from './errors.ts';
import { fetchEngine } from './fetch-engine.ts';
import { restoreBackup } from './services/restore.ts';
import { readSettings } from './settings.ts';
import { startServer } from './start-server.ts';
import { lockDataFolder } from './store/lock-data-folder.ts';
import { loadMasterKey } from './store/master-key.ts';

async function serve(): Promise<void> {
  const settings = readSettings(process.env);
  if (process.argv.includes('--fetch-engine')) await fetchEngine(settings.dataDir);
  const server = await startServer(settings, process.env);
  let isClosing = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isClosing) process.exit(signal === 'SIGINT' ? 130 : 143);
    isClosing = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => leave(error),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(`Plumbline listens on ${server.address}`);
}

async function restore(file: string): Promise<void> {
  const { dataDir } = readSettings({ ...process.env, PLUMBLINE_HOST: '' });
  const unlock = lockDataFolder(dataDir);
  try {
    const { key } = loadMasterKey(dataDir, process.env, false);
    const aside = await restoreBackup(file, dataDir, key);
    console.log(`Restored ${file} into ${dataDir}.`);
    if (aside !== undefined) console.log(`What was there before is in ${aside}.`);
  } finally {
    unlock();
  }
}

/** 1: the user's input or settings; 2: the machine said no; 3: a bug. */
function leave(error: unknown): never {
  if (!(error instanceof PlumblineError)) {
    console.error(error);
    process.exit(3);
  }
  console.error(errorText(error));
  process.exit(error.kind === 'user' ? 1 : error.kind === 'operational' ? 2 : 3);
}

// Everything in the data folder is for its user alone.
process.umask(0o077);

const at = process.argv.indexOf('--restore', 2);
const file = process.argv[at + 1];
if (at < 0) serve().catch(leave);
else if (file !== undefined) restore(file).catch(leave);
else {
  console.error('Which backup? Usage: --restore FILE');
  process.exit(1);
}
