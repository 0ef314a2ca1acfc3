// Builds the pinned OpenTofu from its Go module, for machines that have Go and no `tofu`. Prints the path of the program.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The version that the server downloads where a machine has no engine (server/engine/engine-release.ts). */
export const openTofuVersion = '1.12.6';

const root = fileURLToPath(new URL('../', import.meta.url));
const modulePath = 'github.com/opentofu/opentofu';
const folder = join(root, 'build', `opentofu-${openTofuVersion}`);
const program = join(folder, 'tofu');

/** @throws what go said. */
function go(args, cwd) {
  const { status, error, stdout, stderr } = spawnSync('go', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw new Error(`go cannot be started: ${error.message}`);
  if (status !== 0) throw new Error(`go ${args.join(' ')} ended with ${status}:\n${stderr.trim()}`);
  return stdout;
}

/** `go install` refuses a module that replaces others: a module of our own takes its replacements over. */
function writeWrapper(cwd) {
  writeFileSync(join(cwd, 'go.mod'), 'module plumbline.dev/opentofu\n');
  const { GoMod } = JSON.parse(go(['mod', 'download', '-json', `${modulePath}@v${openTofuVersion}`], cwd));
  const { Go, Replace } = JSON.parse(go(['mod', 'edit', '-json', GoMod], cwd));
  const replaced = (Replace ?? []).map(({ Old, New }) => {
    const from = Old.Version ? `${Old.Path}@${Old.Version}` : Old.Path;
    return `-replace=${from}=${New.Path}@${New.Version}`;
  });
  go(['mod', 'edit', `-go=${Go}`, ...replaced], cwd);
  go(['get', '-tool', `${modulePath}/cmd/tofu@v${openTofuVersion}`], cwd);
}

/** The `tofu` in the build folder, if it is there. */
export function builtOpenTofu() {
  return existsSync(program) ? program : undefined;
}

/**
 * Builds `tofu` once into the build folder: some minutes, seconds where Go's caches are warm.
 * @throws where Go is missing or cannot build it.
 */
function buildOpenTofu() {
  if (builtOpenTofu()) return program;
  const work = join(folder, 'module');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeWrapper(work);
  const flags = ['-trimpath', '-buildvcs=false', `-ldflags=-s -w -X ${modulePath}/version.dev=no`];
  go(['build', ...flags, '-o', join(work, 'tofu'), `${modulePath}/cmd/tofu`], work);
  renameSync(join(work, 'tofu'), program);
  rmSync(work, { recursive: true, force: true });
  return program;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(buildOpenTofu());
