import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: two above this file in the sources, one above the bundle in build/. */
export const root = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../' : '../', import.meta.url));

/** Where database, state and keys are: PLUMBLINE_DATA, else `.plumbline` beside package.json. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  return env.PLUMBLINE_DATA ? resolve(env.PLUMBLINE_DATA) : join(root, '.plumbline');
}
