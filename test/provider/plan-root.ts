// Plans a root with nothing but an engine and a provider: no product, no cloud, no network.
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PlanDocument } from './compare-plans.ts';

const run = promisify(execFile);

export interface PlanFolder {
  /** Terraform's own judgement of the root. */
  validate(): Promise<Verdict>;
  plan(): Promise<PlanDocument>;
  /** Puts another root into the folder; what `init` made stays. */
  put(root: Record<string, unknown>, values: Record<string, unknown>): Promise<void>;
}

export interface Verdict {
  valid: boolean;
  diagnostics: { severity: string; summary: string; detail: string }[];
}

export interface PlanFolderOptions {
  engine: string;
  dir: string;
  /** Arguments of `init`. */
  init: string[];
  /** Beside a bare environment with keys that open nothing. */
  env?: Record<string, string>;
}

export function createPlanFolder({ engine, dir, init, env }: PlanFolderOptions): PlanFolder {
  let ready = false;
  const call = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(engine, args, { cwd: dir, env: childEnv(env), maxBuffer: 64 * 2 ** 20 });
    return stdout;
  };
  return {
    async put(root, values) {
      await mkdir(dir, { recursive: true });
      await rm(join(dir, 'plan.bin'), { force: true });
      await writeJson(dir, 'main.tf.json', root);
      await writeJson(dir, 'backend_override.tf.json', { terraform: { backend: { local: {} } } });
      await writeJson(dir, 'terraform.tfvars.json', values);
      if (!ready) await call('init', '-no-color', '-input=false', ...init);
      ready = true;
    },
    async validate() {
      const failed = (error: { stdout?: string }) => error.stdout ?? '';
      return JSON.parse(await call('validate', '-json').catch(failed)) as Verdict;
    },
    async plan() {
      await call('plan', '-no-color', '-input=false', '-lock=false', '-refresh=false', '-out=plan.bin');
      return JSON.parse(await call('show', '-json', 'plan.bin')) as PlanDocument;
    },
  };
}

/** Of our own environment only what a program needs to start: a caller's settings must not decide a test. */
function childEnv(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    TMPDIR: process.env.TMPDIR ?? '',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'opens-nothing',
    AWS_EC2_METADATA_DISABLED: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    ...more,
  };
}

/** The engine that the mirror has the provider for. */
export async function registryOf(mirror: string): Promise<'terraform' | 'tofu'> {
  const hosts = await readdir(mirror);
  if (hosts.includes('registry.terraform.io')) return 'terraform';
  if (hosts.includes('registry.opentofu.org')) return 'tofu';
  throw new Error(
    `PLUMBLINE_PROVIDER_MIRROR has ${hosts.join(', ') || 'nothing'} in it, expected registry.terraform.io or registry.opentofu.org.`,
  );
}

async function writeJson(dir: string, file: string, value: unknown): Promise<void> {
  await writeFile(join(dir, file), `${JSON.stringify(value, null, 2)}\n`);
}
