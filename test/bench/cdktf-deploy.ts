// The same roots with `cdktf deploy '*'`, where a cdktf CLI is on PATH.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
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

/**
 * What the CLI's engines need to start the sandbox by themselves, as they start any provider: a filesystem mirror with its
 * executable form. They cannot know of our re-attached one.
 */
export function spawnedSandbox(to: string, bundle: string): Record<string, string> {
  const folder = join(to, 'mirror/registry.terraform.io/hashicorp/aws/5.99.1', `${platform()}_${goArch()}`);
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'terraform-provider-aws_v5.99.1');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${bundle}"\n`, { mode: 0o755 });
  const settings = join(to, 'terraform.rc');
  writeFileSync(
    settings,
    `provider_installation {\n  filesystem_mirror {\n    path = "${join(to, 'mirror')}"\n  }\n}\n`,
  );
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH,
    HOME,
    CI: '1',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: settings,
    PLUMBLINE_SANDBOX_FOLDER: join(to, 'objects'),
  };
}

function goArch(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
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
