// `npm run check`: everything that can be judged without running the product, each with its time.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = ['schemas', 'modules', 'server', 'web', 'cli', 'test'];

/** Runs a tool of node_modules; undefined = it has nothing to complain of. */
function tool(name, ...args) {
  const { status, stdout, stderr, error } = spawnSync(join(root, 'node_modules', '.bin', name), args, {
    cwd: root,
    encoding: 'utf8',
  });
  if (error) return error.message;
  return status === 0 ? undefined : `${stdout}${stderr}`.trim();
}

/** Every second-level folder says in a README under 15 lines what lives there. */
function readmes() {
  const problems = [];
  for (const folder of folders.filter((name) => existsSync(join(root, name)))) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const path = `${folder}/${entry.name}/README.md`;
      // A module's README is its runbook, which people read in the product.
      if (existsSync(join(root, folder, entry.name, 'runbook.md'))) continue;
      if (!existsSync(join(root, path)))
        problems.push(`${path} is missing: say what lives here, what it may import, and how to add one.`);
      else if (readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length >= 15)
        problems.push(`${path} has 15 lines or more: shorten it.`);
    }
  }
  return problems.length > 0 ? problems.join('\n') : undefined;
}

const checks = [
  ['types', () => tool('tsc', '--noEmit')],
  ['lint', () => tool('oxlint', '--type-aware', '--deny-warnings')],
  ['format', () => tool('biome', 'ci')],
  ['dead code', () => tool('knip', '--no-progress')],
  [
    'arrows',
    () =>
      tool(
        'depcruise',
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'err-long',
        ...folders.filter((name) => existsSync(join(root, name))),
      ),
  ],
  ['generated types', () => tool('tsx', 'schemas/generate.ts', '--check')],
  ['folder READMEs', readmes],
];

/** Runs every check and prints each with its time; returns how many passed and failed. */
export function runChecks() {
  const count = { passed: 0, failed: 0 };
  for (const [name, check] of checks) {
    const from = performance.now();
    const problem = check();
    count[problem === undefined ? 'passed' : 'failed'] += 1;
    console.log(
      `${problem === undefined ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${((performance.now() - from) / 1000).toFixed(1)} s`,
    );
    if (problem !== undefined) console.log(problem.replace(/^/gm, '    '));
  }
  return count;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed } = runChecks();
  process.exitCode = failed > 0 ? 1 : 0;
}
