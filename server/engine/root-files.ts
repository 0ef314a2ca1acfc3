// The files of a Terraform root on disk: the root itself, and the mark of a finished init.
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RootCall } from './engine-types.ts';

const ROOT = 'main.tf.json';
const MARK = '.plumbline-init';

/** Writes the root as `main.tf.json` into `dir` (made 0700), replacing what was there. */
export async function writeRoot(dir: string, root: Record<string, unknown>): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const fresh = path.join(dir, `.${ROOT}.new`);
  await writeFile(fresh, `${JSON.stringify(root, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, path.join(dir, ROOT));
}

function readTerraformBlock(text: string): unknown {
  const root: unknown = JSON.parse(text);
  return typeof root === 'object' && root !== null && 'terraform' in root ? root.terraform : undefined;
}

/** Everything that init's outcome depends on: engine, required providers and backend, where providers come from. */
export async function initDigest(call: Pick<RootCall, 'dir' | 'engine' | 'env' | 'cliConfig'>): Promise<string> {
  const terraform = readTerraformBlock(await readFile(path.join(call.dir, ROOT), 'utf8'));
  const cliConfig = await readFile(call.cliConfig, 'utf8');
  const reattached = call.env.TF_REATTACH_PROVIDERS !== undefined;
  const facts = JSON.stringify([call.engine.kind, call.engine.version, terraform, reattached, cliConfig]);
  return createHash('sha256').update(facts).digest('hex');
}

/** Whether the last init that ended well was for the same digest. */
export async function isInitialised(dir: string, digest: string): Promise<boolean> {
  try {
    await access(path.join(dir, '.terraform'));
    return (await readFile(path.join(dir, MARK), 'utf8')) === digest;
  } catch {
    return false;
  }
}

export function markInitialised(dir: string, digest: string): Promise<void> {
  return writeFile(path.join(dir, MARK), digest, { mode: 0o600 });
}

export function forgetInit(dir: string): Promise<void> {
  return rm(path.join(dir, MARK), { force: true });
}
