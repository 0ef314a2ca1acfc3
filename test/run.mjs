// `npm test`: runs every tier that this machine can run, says what was skipped and why, and ends with one line of counts.
// --no-skip (or CI=true): a skipped tier is a failure. Other arguments are names of the tiers to run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { prepare, root } from '../cli/prepare.mjs';
import { findChromium, tiers } from './tiers.mjs';

const args = process.argv.slice(2);
const strict = args.includes('--no-skip') || process.env.CI === 'true';
const wanted = args.filter((arg) => !arg.startsWith('--'));

/** The environment of the tests: settings that name files which are not there would only stop the engine. */
function testEnv() {
  const env = { ...process.env, CHROMIUM_PATH: findChromium() ?? '' };
  if (!process.stdout.isTTY) {
    env.NO_COLOR = '1';
    delete env.FORCE_COLOR;
  }
  for (const name of ['TF_CLI_CONFIG_FILE', 'AWS_CA_BUNDLE']) if (env[name] && !existsSync(env[name])) delete env[name];
  return env;
}

/** Runs one vitest project and reads its counts from the report. */
function runTier({ name, flags: own = [] }, scratch) {
  const report = join(scratch, `${name}.json`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const flags = [
    'run',
    '--project',
    name,
    '--passWithNoTests',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...own,
  ];
  const { status } = spawnSync(process.execPath, [vitest, ...flags], { cwd: root, env: testEnv(), stdio: 'inherit' });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, why: 'vitest wrote no report' };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A file that cannot be loaded has no tests that could fail.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = numFailedTests + broken;
  return {
    passed: numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

async function runCheck() {
  const { runChecks } = await import('./check.mjs');
  return { ...runChecks(), skipped: 0 };
}

/** What a tier came to; one that cannot run counts as one skipped, or as one failed where nothing may be skipped. */
async function outcomeOf(tier, scratch) {
  const why = tier.lacks?.();
  const skip = (reason) =>
    strict
      ? { passed: 0, failed: 1, skipped: 0, why: `not run: ${reason}` }
      : { passed: 0, failed: 0, skipped: 1, why: reason };
  if (why) return skip(why);
  const outcome = tier.name === 'check' ? await runCheck() : runTier(tier, scratch);
  return outcome.passed + outcome.failed + outcome.skipped === 0 ? skip('it has no tests') : outcome;
}

function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function main() {
  const known = [{ name: 'check' }, ...tiers];
  const unknown = wanted.filter((name) => !known.some((tier) => tier.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no tier '${unknown[0]}'. Tiers: ${known.map(({ name }) => name).join(', ')}.`);
  await prepare();
  const scratch = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  for (const tier of known.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    console.log(`\n== ${tier.name}`);
    const from = performance.now();
    const outcome = await outcomeOf(tier, scratch);
    const seconds = `${Math.round((performance.now() - from) / 1000)} s`;
    for (const key of Object.keys(total)) total[key] += outcome[key];
    lines.push(
      `${tier.name.padEnd(11)} ${seconds.padStart(6)}  ${countLine(outcome)}${outcome.why ? ` (${outcome.why})` : ''}`,
    );
  }
  rmSync(scratch, { recursive: true, force: true });
  console.log(`\n${lines.join('\n')}\n\n${countLine(total)}`);
  if (total.failed > 0) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
