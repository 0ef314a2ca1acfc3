// The tiers of `npm test`, and what each needs of the machine.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installEmulator } from './aws/emulator.mjs';
import { builtOpenTofu } from './opentofu.mjs';

/** The first of these programs that is on PATH. */
function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/** What PLUMBLINE_ENGINE names. */
const namedEngine = () => {
  const named = process.env.PLUMBLINE_ENGINE;
  return named && existsSync(named) ? named : undefined;
};

/** The engine of the tiers that take any: the named one, then Terraform, because OpenTofu has a tier of its own. */
export const findEngine = () => namedEngine() ?? findProgram('terraform') ?? findOpenTofu();

/** The `tofu` on PATH, or the one that was built (see opentofu.mjs). */
export const findOpenTofu = () => findProgram('tofu') ?? builtOpenTofu();

export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  return named && existsSync(named)
    ? named
    : findProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome');
}

const noEngine = () => (findEngine() ? undefined : 'neither tofu nor terraform is on PATH');
/** The two engines are told from one another by their programs: the tier is there to run the one that `apply` does not run. */
const noSecondEngine = () => {
  const tofu = findOpenTofu();
  if (!tofu) return 'no tofu on PATH; `node test/opentofu.mjs` builds it where Go is';
  return tofu === findEngine() ? 'the tier apply runs with OpenTofu, as there is no terraform on PATH' : undefined;
};
const noChromium = () => (findChromium() ? undefined : 'no Chromium on PATH or in CHROMIUM_PATH');
const noMirror = () =>
  process.env.PLUMBLINE_PROVIDER_MIRROR
    ? undefined
    : 'PLUMBLINE_PROVIDER_MIRROR names no folder with the hashicorp/aws provider';

/** The real provider comes from the mirror or the network; the emulator from PyPI, unless an endpoint is given. */
const noEmulator = () => {
  if (process.env.PLUMBLINE_AWS_ENDPOINT) return undefined;
  try {
    installEmulator();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** In the order in which they run; `lacks` says why the machine cannot run one, or undefined; `flags` are for vitest. */
export const tiers = [
  { name: 'laws' },
  { name: 'page' },
  { name: 'contracts' },
  { name: 'modules' },
  { name: 'server' },
  { name: 'apply', lacks: noEngine },
  { name: 'apply-tofu', lacks: noSecondEngine },
  { name: 'provider', lacks: () => noEngine() ?? noMirror() },
  // Most of its time is the provider's waiting: its files run side by side, more of them than there are processors.
  { name: 'aws', lacks: () => noEngine() ?? noEmulator(), flags: ['--maxWorkers=4'] },
  { name: 'browser', lacks: () => noEngine() ?? noChromium() },
];
