// Refuses to begin what a full disk would cut short: Terraform could then store its state nowhere.
import { statfs } from 'node:fs/promises';
import { fail } from '../../errors.ts';

const megabyte = 1024 * 1024;
const needed = 32 * megabyte;

/** @throws `disk-full` where the disk of the data folder has less than 32 MB left for states, plans and the log. */
export async function requireSpace(dataDir: string): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  if (free >= needed) return;
  fail('disk-full', {
    got: `${Math.floor(free / megabyte)} MB free`,
    expected: `${needed / megabyte} MB or more`,
    retry: true,
  });
}
