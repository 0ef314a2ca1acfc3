// server.json in the data folder: where the server of this folder is, for programs of the same user.
import { rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ServerAddress {
  address: string;
  pid: number;
  token: string;
}

/** Writes the file whole or not at all, readable by its user only. @returns the function that takes it away. */
export async function writeAddressFile(dataDir: string, content: ServerAddress): Promise<() => void> {
  const file = join(dataDir, 'server.json');
  const fresh = `${file}.${content.pid}`;
  await writeFile(fresh, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  await rename(fresh, file);
  return () => rmSync(file, { force: true });
}
