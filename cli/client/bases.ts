import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dataFolder } from './installation.ts';

/** Remembers which revision a graph file was pulled or pushed at: by file, then by environment. */
type Bases = Record<string, Record<string, number>>;

const fileOf = (env: NodeJS.ProcessEnv) => join(dataFolder(env), 'bases.json');

function readBases(env: NodeJS.ProcessEnv): Bases {
  try {
    return JSON.parse(readFileSync(fileOf(env), 'utf8')) as Bases;
  } catch {
    return {};
  }
}

/** Environments of different servers may have the same name. */
const keyOf = (env: NodeJS.ProcessEnv, environment: string) =>
  env.PLUMBLINE_SERVER ? `${env.PLUMBLINE_SERVER}#${environment}` : environment;

/** The revision that a file is based on, where it is known. */
export function rememberedBase(env: NodeJS.ProcessEnv, file: string, environment: string): number | undefined {
  return readBases(env)[resolve(file)]?.[keyOf(env, environment)];
}

export function rememberBase(env: NodeJS.ProcessEnv, file: string, environment: string, revision: number): void {
  const bases = readBases(env);
  const path = resolve(file);
  bases[path] = { ...bases[path], [keyOf(env, environment)]: revision };
  mkdirSync(dataFolder(env), { recursive: true, mode: 0o700 });
  const fresh = `${fileOf(env)}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(bases, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, fileOf(env));
}
