// Finds the engines of this machine: PLUMBLINE_ENGINE, then PATH, then the one that we downloaded.
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import semver from 'semver';
import type { EngineKind } from '../../schemas/generated/types.ts';
import { downloadedPath } from './engine-release.ts';
import { type EngineBinary, EngineFailure } from './engine-types.ts';

export interface FindOptions {
  /** The data folder; a downloaded engine is in its `engine` folder. */
  dataDir: string;
  env?: NodeJS.ProcessEnv;
}

const run = promisify(execFile);
const VERSION_TIMEOUT_MS = 20_000;
const KINDS: readonly EngineKind[] = ['tofu', 'terraform'];
/** The machine-readable output that we read, and `terraform_data`. */
const OLDEST: Record<EngineKind, string> = { terraform: '1.5.0', tofu: '1.6.0' };
/** `version -json` has the same key for both engines; the plain form has their names. */
const ANSWER = /^(OpenTofu|Terraform) v(\S+)/m;

async function askVersion(file: string, env: NodeJS.ProcessEnv): Promise<EngineBinary> {
  const { stdout } = await run(file, ['version'], {
    timeout: VERSION_TIMEOUT_MS,
    env: { PATH: env.PATH, HOME: env.HOME, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' },
  });
  const [, name, version] = ANSWER.exec(stdout) ?? [];
  if (version === undefined) throw new Error('it answered `version`, but not as terraform or tofu does');
  return { kind: name === 'OpenTofu' ? 'tofu' : 'terraform', path: file, version };
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The absolute path of a program as the shell would find it. */
async function lookUp(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = name.includes('/') ? [''] : (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const file = path.resolve(folder, name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

function isNewEnough({ kind, version }: EngineBinary): boolean {
  return semver.gte(semver.coerce(version) ?? '0.0.0', OLDEST[kind]);
}

function unusable(wanted: string, got: string): EngineFailure {
  return new EngineFailure({
    code: 'engine-unusable',
    message: `PLUMBLINE_ENGINE is "${wanted}", which cannot be used: ${got}.`,
    retry: true,
    hint: `Set it to the path of terraform ${OLDEST.terraform} or later, or tofu ${OLDEST.tofu} or later, or unset it.`,
  });
}

async function chosenEngine(wanted: string, env: NodeJS.ProcessEnv): Promise<EngineBinary> {
  const file = await lookUp(wanted, env);
  if (file === undefined) throw unusable(wanted, 'there is no such program');
  const engine = await askVersion(file, env).catch((error: unknown) => {
    throw unusable(wanted, error instanceof Error ? error.message.trim() : String(error));
  });
  if (!isNewEnough(engine)) throw unusable(wanted, `it is ${engine.kind} ${engine.version}`);
  return engine;
}

async function foundEngine(file: string | undefined, env: NodeJS.ProcessEnv): Promise<EngineBinary | undefined> {
  if (file === undefined || !(await isExecutable(file))) return undefined;
  // A broken or old one on PATH is no reason to stop: there may be another.
  const engine = await askVersion(file, env).catch(() => undefined);
  return engine && isNewEnough(engine) ? engine : undefined;
}

/**
 * The engines that answer, best first (PLUMBLINE_ENGINE, tofu and terraform on PATH, the downloaded tofu), at most one of each kind.
 * @throws EngineFailure `engine-unusable` where PLUMBLINE_ENGINE names something that is no engine, or one that is too old.
 */
export async function findEngines({ dataDir, env = process.env }: FindOptions): Promise<EngineBinary[]> {
  const chosen = env.PLUMBLINE_ENGINE ? await chosenEngine(env.PLUMBLINE_ENGINE, env) : undefined;
  const files = [...(await Promise.all(KINDS.map((kind) => lookUp(kind, env)))), downloadedPath(dataDir)];
  const found = await Promise.all(files.map((file) => foundEngine(file, env)));
  const engines: EngineBinary[] = [];
  for (const engine of [chosen, ...found]) {
    if (engine && !engines.some(({ kind }) => kind === engine.kind)) engines.push(engine);
  }
  return engines;
}
