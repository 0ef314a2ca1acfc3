// The real engine over re-attach on the embedded cloud, with an object store in memory.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROVIDER_REGISTRY } from '../../schemas/rules/engines.ts';
import { type Fault, type Sandbox, startSandbox } from '../../server/sandbox/index.ts';
import { type MemoryStore, memoryStore } from '../../server/sandbox/testing/memory-store.ts';
import { firstEngine } from '../helpers/engine.ts';

const sandboxFolder = fileURLToPath(new URL('../../server/sandbox/', import.meta.url));
const everyType = readFileSync(join(sandboxFolder, 'testing/every-type.tf'), 'utf8');
const engine = await firstEngine();

const NO_CHANGES = 0;
const CHANGES = 2;
const PLAN_STATUS = ['plan', '-detailed-exitcode'];
const APPLY = ['apply', '-auto-approve'];
const DESTROY = ['destroy', '-auto-approve'];

interface Outcome {
  code: number | null;
  output: string;
}

function engineEnv(more: Record<string, string>): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ...more };
  for (const name of ['TF_CLI_CONFIG_FILE', 'AWS_CA_BUNDLE']) if (!(name in more)) delete env[name];
  return env;
}

/** Never spawnSync: the sandbox answers from this very process. */
function run(folder: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Outcome> {
  const child = spawn(engine.path, [...args, '-no-color'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, output: output.replace(/\n[│ ]*/g, '\n') })),
  );
}

function providerBlock(node: string, region = 'eu-central-1'): string {
  return `provider "aws" {\n  region = "${region}"\n  default_tags {\n    tags = { "plumbline:node" = "${node}" }\n  }\n}\n`;
}

const byText = (left: unknown, right: unknown): number => String(left).localeCompare(String(right));

const queue = (more = '', name = 'work'): string =>
  `resource "aws_sqs_queue" "work" {\n  name = "${name}"\n${more}\n}\n`;

describe('the sandbox under the engine', () => {
  let scratch = '';
  let store: MemoryStore;
  let sandbox: Sandbox;
  let faults: Fault[] = [];

  beforeEach(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'plumbline-sandbox-'));
    store = memoryStore();
    faults = [];
    const resourceTypes = ['aws_sqs_queue'];
    const where = { account: '000000000000', region: 'eu-central-1', socketDir: join(scratch, 'sockets') };
    sandbox = await startSandbox({ ...where, store, faults: async () => faults, resourceTypes });
  });
  afterEach(async () => {
    await sandbox.close();
    rmSync(scratch, { recursive: true });
  });

  function rootOf(node: string, text: string): (args: readonly string[]) => Promise<Outcome> {
    const folder = join(scratch, node);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'main.tf'), providerBlock(node) + text);
    return (args) => run(folder, engineEnv({ TF_REATTACH_PROVIDERS: sandbox.reattach(engine.kind) }), args);
  }

  it('makes every modelled type, sees no change after it, and destroys it all', async () => {
    sandbox.serve([...everyType.matchAll(/^resource "(\w+)"/gm)].map(([, type]) => type ?? ''));
    const terraform = rootOf('everything', everyType);
    expect(await terraform(APPLY)).toMatchObject({ code: 0 });
    expect(await terraform(PLAN_STATUS)).toMatchObject({ code: NO_CHANGES });
    expect([...store.objects.values()].every((object) => object.owner === 'everything')).toBe(true);
    expect(await terraform(DESTROY)).toMatchObject({ code: 0 });
    expect(store.objects.size).toBe(0);
  });

  it('changes an object in place, and replaces it when its name changes', async () => {
    await rootOf('a', queue())(APPLY);
    const [before] = store.objects.values();
    expect((await rootOf('a', queue('  delay_seconds = 5'))(APPLY)).output).toContain(
      '0 added, 1 changed, 0 destroyed',
    );
    expect((await rootOf('a', queue('', 'renamed'))(APPLY)).output).toContain('1 added, 0 changed, 1 destroyed');
    const [after] = store.objects.values();
    expect([before?.attributes.name, after?.attributes.name]).toEqual(['work', 'renamed']);
  });

  it('shows and heals what was deleted behind its back', async () => {
    const terraform = rootOf('a', queue());
    await terraform(APPLY);
    store.objects.clear();
    expect(await terraform(PLAN_STATUS)).toMatchObject({ code: CHANGES });
    expect(await terraform(APPLY)).toMatchObject({ code: 0 });
    expect(store.objects.size).toBe(1);
  });

  it('shows and heals what was changed behind its back', async () => {
    const terraform = rootOf('a', queue());
    await terraform(APPLY);
    for (const object of store.objects.values()) object.attributes.delay_seconds = 77;
    expect((await terraform(PLAN_STATUS)).output).toContain('77 -> 0');
    await terraform(APPLY);
    expect([...store.objects.values()][0]?.attributes.delay_seconds).toBe(0);
  });

  it('imports an object by its id', async () => {
    await rootOf('a', queue())(APPLY);
    const importing = (id: string): string[] => ['import', 'aws_sqs_queue.work', id];
    const terraform = rootOf('b', queue());
    const id = 'https://sqs.eu-central-1.amazonaws.com/000000000000/work';
    expect((await terraform(importing('nothing'))).output).toContain('Cannot import non-existent remote object');
    expect(await terraform(importing(id))).toMatchObject({ code: 0 });
    expect((await terraform(['show'])).output).toContain(id);
  });

  it('fails with an ordered fault, naming it, and goes on when it is gone', async () => {
    const terraform = rootOf('a', queue());
    faults = [{ id: 'f', kind: 'throttled', type: 'aws_sqs_queue', operation: 'create', node: 'a' }];
    const refused = await terraform(APPLY);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.output).toContain('creating aws_sqs_queue (work): ThrottlingException: Rate exceeded');
    faults = [];
    expect(await terraform(APPLY)).toMatchObject({ code: 0 });
  });

  it('keeps many runs side by side apart, each with its own tags', async () => {
    const nodes = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
    const outcomes = await Promise.all(nodes.map((node) => rootOf(node, queue('', node))(APPLY)));
    expect(outcomes.map(({ code }) => code)).toEqual(nodes.map(() => 0));
    const owners = [...store.objects.values()].map(({ owner, attributes }) => [owner, attributes.name]);
    expect(owners.toSorted(byText)).toEqual(nodes.map((node) => [node, node]));
  });

  it('keeps the regions of two provider blocks apart', async () => {
    const there = providerBlock('a', 'us-east-1').replace('{\n', '{\n  alias = "there"\n');
    const second = queue('  provider = aws.there').replace('"work" {', '"there" {');
    expect(await rootOf('a', there + queue() + second)(APPLY)).toMatchObject({ code: 0 });
    const arns = [...store.objects.values()].map(({ attributes }) => attributes.arn);
    expect(arns.toSorted(byText)).toEqual([
      'arn:aws:sqs:eu-central-1:000000000000:work',
      'arn:aws:sqs:us-east-1:000000000000:work',
    ]);
  });

  it('serves a further type once it was asked to', async () => {
    const topic = 'resource "aws_sns_topic" "news" {\n  name = "news"\n}\n';
    expect((await rootOf('a', topic)(APPLY)).output).toContain('does not support resource type');
    sandbox.serve(['aws_sns_topic', 'terraform_data']);
    expect(await rootOf('a', topic)(APPLY)).toMatchObject({ code: 0 });
  });

  it('sweeps what an owner made and nobody recorded, and nothing else', async () => {
    await rootOf('a', queue('', 'kept'))(APPLY);
    await rootOf('a2', queue('', 'other'))(APPLY);
    const [kept] = store.objects.values();
    const orphan = { ...kept, id: 'orphan', attributes: { ...kept?.attributes, id: 'orphan' } };
    store.objects.set('aws_sqs_queue orphan', orphan as never);
    const removed = await sandbox.sweep('a', new Map([['aws_sqs_queue', new Set([String(kept?.id)])]]));
    expect(removed).toEqual([{ type: 'aws_sqs_queue', id: 'orphan' }]);
    expect(store.objects.size).toBe(2);
    expect(await sandbox.sweep('', new Map())).toEqual([]);
  });

  it('never shows a sensitive value when it refuses', async () => {
    sandbox.serve(['aws_db_instance']);
    const text = `resource "aws_db_instance" "main" {\n  engine = "postgres"\n  instance_class = "db.t4g.micro"\n  allocated_storage = 20\n  username = "app"\n  password = "pass/word-1234"\n}\n`;
    const refused = await rootOf('a', text)(APPLY);
    expect(refused.output).toContain('The parameter MasterUserPassword is not a valid password');
    expect(refused.output).not.toContain('pass/word-1234');
  });
});

describe('the provider executable', () => {
  it('serves a Terraform that is run by hand, over TLS, and keeps its objects in a folder', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'plumbline-executable-'));
    const bundle = join(scratch, 'sandbox-provider.mjs');
    await build({
      entryPoints: [join(sandboxFolder, 'executable.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: `#!${process.execPath}` },
    });
    copyFileSync(join(sandboxFolder, 'schema.json.gz'), join(scratch, 'schema.json.gz'));
    chmodSync(bundle, 0o755);
    const system = `${platform()}_${arch() === 'x64' ? 'amd64' : arch()}`;
    const mirror = join(scratch, 'mirror', PROVIDER_REGISTRY[engine.kind], 'hashicorp/aws/5.99.1', system);
    mkdirSync(mirror, { recursive: true });
    symlinkSync(bundle, join(mirror, 'terraform-provider-aws_v5.99.1'));
    const settings = `provider_installation {\n  filesystem_mirror {\n    path = "${join(scratch, 'mirror')}"\n  }\n}\n`;
    writeFileSync(join(scratch, 'terraform.rc'), settings);
    const root = join(scratch, 'root');
    mkdirSync(root);
    writeFileSync(join(root, 'main.tf'), providerBlock('a') + queue());
    const objects = join(scratch, 'objects');
    const env = engineEnv({ TF_CLI_CONFIG_FILE: join(scratch, 'terraform.rc'), PLUMBLINE_SANDBOX_FOLDER: objects });

    expect(await run(root, env, ['init'])).toMatchObject({ code: 0 });
    expect(await run(root, env, APPLY)).toMatchObject({ code: 0 });
    expect(existsSync(join(objects, 'aws_sqs_queue'))).toBe(true);
    expect(await run(root, env, PLAN_STATUS)).toMatchObject({ code: NO_CHANGES });
    expect(await run(root, env, DESTROY)).toMatchObject({ code: 0 });
    rmSync(scratch, { recursive: true });
  });
});
