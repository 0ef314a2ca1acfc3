// The same roots with `cdktf deploy '*'`, where a cdktf CLI is on PATH.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sample, sample } from './measure.ts';

/** The first of these programs that answers. */
export function findCdktf(): { program: string; version: string } | undefined {
  for (const program of ['cdktn', 'cdktf']) {
    const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { program, version: stdout.trim().split('\n', 1)[0] ?? '' };
  }
  return undefined;
}

interface Root {
  terraform: Record<string, unknown>;
  variable?: Record<string, Record<string, unknown>>;
}

function readJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(...path), 'utf8')) as T;
}

/**
 * Lays the roots out as an app that was synthesized already, which spares the CLI its own synth. State is in local files, and each
 * variable has its value as default.
 */
export function layOutApp(from: string, to: string, upstreamOf: (node: string) => string[]): void {
  const stacks: Record<string, unknown> = {};
  for (const name of readdirSync(from).filter((each) => !each.startsWith('.'))) {
    const folder = join(to, 'cdktf.out', 'stacks', name);
    mkdirSync(folder, { recursive: true });
    const root = readJson<Root>(from, name, 'main.tf.json');
    const values = readJson<Record<string, unknown>>(from, name, 'terraform.tfvars.json');
    for (const [variable, value] of Object.entries(values))
      Object.assign(root.variable?.[variable] ?? {}, { default: value });
    root.terraform.backend = { local: { path: 'terraform.tfstate' } };
    const metadata = { stackName: name, version: '0.24.0', backend: 'local', overrides: {}, outputs: {} };
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ '//': { metadata }, ...root }));
    stacks[name] = {
      name,
      constructPath: name,
      workingDirectory: `stacks/${name}`,
      synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
      annotations: [],
      dependencies: upstreamOf(name),
    };
  }
  writeFileSync(join(to, 'cdktf.out', 'manifest.json'), JSON.stringify({ version: '0.24.0', stacks }));
  writeFileSync(
    join(to, 'cdktf.json'),
    JSON.stringify({ language: 'typescript', app: 'true', projectId: 'bench', sendCrashReports: 'false' }),
  );
}

/** `deploy '*'` in a folder made by `layOutApp`. @throws when it does not deploy everything */
export async function cdktfDeploy(
  program: string,
  parallel: number,
  cwd: string,
  env: Record<string, string>,
): Promise<Sample> {
  const flags = ['--auto-approve', '--skip-synth', '--skip-provider-lock', '--parallelism', String(parallel)];
  const words: string[] = [];
  return sample(async () => {
    const child = spawn(program, ['deploy', '*', ...flags], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => words.push(String(piece)));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${program} deploy ended with ${String(code)}: ${words.join('').slice(-1500)}`);
  });
}
