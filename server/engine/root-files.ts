// The files of a Terraform root on disk: the root itself, and the mark of a finished init.
import { createHash } from 'node:crypto';
import { access, copyFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RootCall } from './engine-types.ts';

const ROOT = 'main.tf.json';
const MARK = '.plumbline-init';
const WORK = '.terraform';
const LOCK = '.terraform.lock.hcl';

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
    await access(path.join(dir, WORK));
    return (await readFile(path.join(dir, MARK), 'utf8')) === digest;
  } catch {
    return false;
  }
}

export function markInitialised(dir: string, digest: string): Promise<void> {
  return writeFile(path.join(dir, MARK), digest, { mode: 0o600 });
}

/** Where what an init left is kept for the roots beside it that are to be initialised alike. */
function sharedInit(dir: string, digest: string): string {
  return path.join(path.dirname(dir), '.initialised', digest);
}

/** Takes over what an init of a neighbour left, where one was for the same digest. */
export async function copyInit(dir: string, digest: string): Promise<boolean> {
  try {
    await copyLeft(sharedInit(dir, digest), dir);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  await markInitialised(dir, digest);
  return true;
}

/** Keeps what an init left for the neighbours; the first one wins, and it is there whole or not at all. */
export async function shareInit(dir: string, digest: string): Promise<void> {
  const shared = sharedInit(dir, digest);
  await mkdir(path.dirname(shared), { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(`${shared}.`);
  await copyLeft(dir, fresh);
  // Taken already: the neighbour's is as good.
  await rename(fresh, shared).catch(() => rm(fresh, { recursive: true, force: true }));
}

/** Installed providers are links into the plugin cache, and stay links; where nothing is installed, there is no lock file. */
async function copyLeft(from: string, to: string): Promise<void> {
  await rm(path.join(to, WORK), { recursive: true, force: true });
  await cp(path.join(from, WORK), path.join(to, WORK), { recursive: true, verbatimSymlinks: true });
  await rm(path.join(to, LOCK), { force: true });
  await copyFile(path.join(from, LOCK), path.join(to, LOCK)).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** After an engine found its folder not initialised: neither the folder's mark nor what the neighbours share is believed any more. */
export async function distrustInit(dir: string): Promise<void> {
  await forgetInit(dir);
  await rm(sharedInit(dir, ''), { recursive: true, force: true });
}

export function forgetInit(dir: string): Promise<void> {
  return rm(path.join(dir, MARK), { force: true });
}
