// The tiers of `npm test`, and what each needs of the machine.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these programs that is on PATH. */
function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

function findEngine() {
  const named = process.env.PLUMBLINE_ENGINE;
  return named && existsSync(named) ? named : findProgram('tofu', 'terraform');
}

export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  return named && existsSync(named)
    ? named
    : findProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome');
}

const noEngine = () => (findEngine() ? undefined : 'neither tofu nor terraform is on PATH');
const noChromium = () => (findChromium() ? undefined : 'no Chromium on PATH or in CHROMIUM_PATH');
const noMirror = () =>
  process.env.PLUMBLINE_PROVIDER_MIRROR
    ? undefined
    : 'PLUMBLINE_PROVIDER_MIRROR names no folder with the hashicorp/aws provider';

/** In the order in which they run; `lacks` says why the machine cannot run one, or undefined. */
export const tiers = [
  { name: 'laws' },
  { name: 'page' },
  { name: 'contracts' },
  { name: 'modules' },
  { name: 'server' },
  { name: 'apply', lacks: noEngine },
  { name: 'provider', lacks: () => noEngine() ?? noMirror() },
  { name: 'browser', lacks: () => noEngine() ?? noChromium() },
];
