// The whole way of a new user on the command line, in order, with no server running: each command starts its own.
import {
  chmodSync,
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
import { afterAll, describe, expect, it } from 'vitest';
import type {
  Artifact,
  EffectivePolicy,
  EngineKind,
  EnvironmentSummary,
  Graph,
  GraphSaved,
  Issue,
  LogLine,
  Project,
  Run,
  RunHead,
  SandboxFault,
  SandboxObject,
} from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { PROVIDER_REGISTRY } from '../../schemas/rules/engines.ts';
import { pipeline } from '../fixtures/graphs.ts';
import { firstEngine } from '../helpers/engine.ts';
import { plumblineOn, runProgram } from '../helpers/plumbline-command.ts';

const scratch = mkdtempSync(join(tmpdir(), 'plumbline-way-'));
const { json, words, unread } = plumblineOn(join(scratch, 'data'));
const file = join(scratch, 'graph.json');
const put = (graph: Graph, to = file) => writeFileSync(to, canonicalText(graph));
const statuses = (run: Run) => Object.fromEntries(run.steps.map(({ id, status }) => [id, status]));
const everywhere = (status: string) => ({ events: status, jobs: status, results: status, worker: status });
const apply = (...options: string[]) => json<Run>(0, 'apply', 'shop/dev', '--approve', ...options);
interface ErrorBody {
  error: {
    code: string;
    message: string;
    fix?: string;
    issues?: Issue[];
    conflict?: { base: number; current: number };
  };
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it('goes on to its end when nobody reads what it says', async () => {
  expect(await unread('modules')).toEqual({ code: 0, out: '', err: '' });
});

describe('a project and its graph', () => {
  it('are created and listed', async () => {
    expect(await json<Project>(0, 'project', 'create', 'shop')).toMatchObject({ name: 'shop' });
    const created = await json<EnvironmentSummary>(
      ...([0, 'env', 'create', 'shop/dev', '--class', 'development', '--target', 'sandbox'] as const),
    );
    expect(created.document).toMatchObject({ name: 'dev', class: 'development', target: { kind: 'sandbox' } });
    expect((await json<Project[]>(0, 'project', 'list')).map(({ name }) => name)).toContain('shop');
    expect((await json<EnvironmentSummary[]>(0, 'env', 'list', 'shop')).map(({ document }) => document.name)).toEqual([
      'dev',
    ]);
    expect(await json<EnvironmentSummary>(0, 'env', 'show', 'shop/dev')).toMatchObject({ nodes: 0 });
  });

  it('refuses what is there already, what is not there, and what is no environment', async () => {
    expect((await json<ErrorBody>(1, 'project', 'create', 'shop')).error.code).toMatch(/exists/);
    expect((await json<ErrorBody>(1, 'env', 'show', 'shop/other')).error.code).toBe('unknown-environment');
    expect((await json<ErrorBody>(1, 'plan', 'shop')).error.fix).toContain('<project>/<env>');
    expect((await words('env', 'create', 'shop/x', '--class', 'odd', '--target', 'sandbox')).code).toBe(1);
    expect((await words('nothing')).code).toBe(1);
    expect(await words('--help')).toMatchObject({ code: 0, out: expect.stringContaining('sandbox') });
  });

  it('tells the catalogue', async () => {
    const modules = await json<{ manifest: { id: string } }[]>(0, 'modules');
    expect(JSON.stringify(modules)).toContain('aws-queue');
    expect(JSON.stringify(await json(0, 'module', 'aws-queue'))).toContain('visibilityTimeoutSeconds');
    expect(JSON.stringify(await json(0, 'contracts'))).toContain('aws-queue');
    expect(JSON.stringify(await json(0, 'contract', 'aws-queue'))).toContain('sqs:ReceiveMessage');
  });

  it('checks a good file and a bad one, in words and as JSON', async () => {
    put(pipeline());
    expect(await json(0, 'check', file)).toEqual({ issues: [] });
    const bad = join(scratch, 'bad.json');
    const graph = pipeline({ visibility: -1, sendGrants: ['fly'] });
    writeFileSync(bad, JSON.stringify({ ...graph, connections: [...graph.connections, graph.connections[0]] }));
    const { issues } = await json<{ issues: Issue[] }>(1, 'check', bad);
    expect(issues.map(({ code }) => code).sort()).toEqual([
      'duplicate-connection',
      'duplicate-id',
      'invalid-params',
      'unknown-grant',
    ]);
    for (const issue of issues)
      for (const text of [issue.path, issue.got, issue.expected, issue.fix]) expect(text).not.toBe('');
    const { code, out } = await words('check', bad);
    expect(code).toBe(1);
    for (const issue of issues) expect(out).toContain(issue.fix);
    expect((await json<ErrorBody>(1, 'check', join(scratch, 'none.json'))).error.message).toContain('cannot be read');
  });

  it('pushes, refuses a stale push with both revisions, and pulls the same bytes', async () => {
    expect(await json<GraphSaved>(0, 'push', 'shop/dev', file)).toMatchObject({ revision: 1, changed: true });
    expect(await json<GraphSaved>(0, 'push', 'shop/dev', file)).toMatchObject({ revision: 1, changed: false });
    const other = join(scratch, 'other.json');
    put(pipeline({ visibility: 60 }), other);
    expect((await json<ErrorBody>(1, 'push', 'shop/dev', other)).error.fix).toContain('--base');
    expect(await json<GraphSaved>(0, 'push', 'shop/dev', other, '--base', '1')).toMatchObject({ revision: 2 });
    put(pipeline({ visibility: 70 }));
    const stale = await json<ErrorBody>(1, 'push', 'shop/dev', file);
    expect(stale.error.conflict).toMatchObject({ base: 1, current: 2 });
    expect((await words('push', 'shop/dev', file)).err).toContain('based on revision 1, but shop/dev is at revision 2');
    const pulled = join(scratch, 'pulled.json');
    await json(0, 'pull', 'shop/dev', '-o', pulled);
    expect(readFileSync(pulled, 'utf8')).toBe(readFileSync(other, 'utf8'));
    expect(await json<GraphSaved>(0, 'push', 'shop/dev', pulled)).toMatchObject({ changed: false });
    expect((await words('pull', 'shop/dev')).out).toBe(readFileSync(pulled, 'utf8'));
    put(pipeline());
    await json(0, 'push', 'shop/dev', file, '--base', '2');
    expect(await json(0, 'pull', 'shop/dev', '--layout')).toMatchObject({ nodes: expect.anything() });
  });
});

describe('a deployment', () => {
  it('is planned, refused where --only lacks what it needs, and applied', async () => {
    const plan = await json<Run>(0, 'plan', 'shop/dev');
    expect(plan).toMatchObject({ status: 'waiting', totals: { create: 19 } });
    expect(await json<SandboxObject[]>(0, 'sandbox', 'list', 'shop/dev')).toEqual([]);
    expect((await json<ErrorBody>(1, 'apply', 'shop/dev', '--only', 'worker')).error.code).toBe('nothing-published');
    const unapproved = await json<Run>(1, 'apply', 'shop/dev');
    expect(unapproved.status).toBe('waiting');
    expect(await json<Run>(0, 'run', 'cancel', unapproved.id)).toMatchObject({ status: 'cancelled' });
    const applied = await apply();
    expect(applied.status).toBe('succeeded');
    expect(statuses(applied)).toEqual(everywhere('succeeded'));
    expect(await json<SandboxObject[]>(0, 'sandbox', 'list', 'shop/dev')).toHaveLength(19);
  });

  it('tells its artifacts, its policies, its runs and their logs', async () => {
    const artifacts = await json<Artifact[]>(0, 'artifacts', 'shop/dev', 'jobs');
    expect(artifacts.map(({ port }) => port).sort()).toEqual(['deadLetters', 'queue']);
    const policy = await json<EffectivePolicy>(0, 'policy', 'shop/dev', 'worker');
    expect(policy.statements.map(({ connection, grant }) => `${connection} ${grant}`).sort()).toEqual([
      'jobs-worker delete',
      'jobs-worker receive',
      'results-worker send',
    ]);
    const [newest] = await json<RunHead[]>(0, 'runs', 'shop/dev');
    expect(newest).toMatchObject({ kind: 'apply', status: 'succeeded' });
    const run = await json<Run>(0, 'run', newest?.id ?? '');
    expect(run.steps.flatMap(({ phases }) => phases).every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    const logs = await json<LogLine[]>(0, 'run', run.id, '--logs');
    expect(logs.some(({ text }) => text.includes('aws_sqs_queue.queue: Creation complete'))).toBe(true);
    expect((await json<ErrorBody>(1, 'run', 'none')).error.code).toBe('unknown-run');
    const told = await words('run', run.id);
    for (const id of Object.keys(everywhere(''))) expect(told.out).toContain(id);
  });

  it('skips what is unchanged, and heals with --refresh what was deleted behind its back', async () => {
    const objects = await json<SandboxObject[]>(0, 'sandbox', 'list', 'shop/dev');
    const topic = objects.find(({ type }) => type === 'aws_sns_topic');
    await json(0, 'sandbox', 'show', 'shop/dev', 'aws_sns_topic', topic?.id ?? '');
    await json(0, 'sandbox', 'delete', 'shop/dev', 'aws_sns_topic', topic?.id ?? '');
    expect((await json<ErrorBody>(1, 'sandbox', 'show', 'shop/dev', 'aws_sns_topic', topic?.id ?? '')).error.code).toBe(
      'unknown-object',
    );
    expect(statuses(await apply())).toEqual(everywhere('skipped'));
    const healed = await apply('--refresh');
    expect(healed.status).toBe('succeeded');
    expect(healed.steps.find(({ id }) => id === 'events')?.totals.create).toBeGreaterThan(0);
    expect(await json(0, 'sandbox', 'show', 'shop/dev', 'aws_sns_topic', topic?.id ?? '')).toMatchObject({
      id: topic?.id,
    });
    expect(await json<SandboxObject[]>(0, 'sandbox', 'list', 'shop/dev')).toHaveLength(19);
  });

  it('runs only the node whose param changed', async () => {
    put(pipeline({ visibility: 130 }));
    await json(0, 'push', 'shop/dev', file);
    const changed = await apply();
    expect(statuses(changed)).toEqual({ ...everywhere('skipped'), jobs: 'succeeded' });
    expect(changed.totals).toEqual({ create: 0, change: 1, replace: 0, delete: 0 });
  });

  it('changes the policy, as compiled and as applied, when a connection goes from send to receive', async () => {
    const actions = async () => {
      const { statements, applied } = await json<EffectivePolicy>(0, 'policy', 'shop/dev', 'worker');
      const compiled = statements
        .filter(({ connection }) => connection === 'results-worker')
        .flatMap((each) => each.actions);
      const live = applied.find(({ address }) => address === 'aws_iam_role_policy.grant_results_worker');
      return { compiled, live: JSON.stringify(live) };
    };
    const before = await actions();
    expect(before.compiled).toContain('sqs:SendMessage');
    expect(before.live).toContain('sqs:SendMessage');
    put(pipeline({ visibility: 130, sendGrants: ['receive'] }));
    await json(0, 'push', 'shop/dev', file);
    expect(statuses(await apply())).toEqual({ ...everywhere('skipped'), worker: 'succeeded' });
    const after = await actions();
    expect(after.compiled).toContain('sqs:ReceiveMessage');
    expect(after.compiled).not.toContain('sqs:SendMessage');
    expect(after.live).toContain('sqs:ReceiveMessage');
    expect(after.live).not.toContain('sqs:SendMessage');
  });

  it('gives roots that plain Terraform takes: init, validate and a plan', async () => {
    const out = join(scratch, 'roots');
    const { files } = await json<{ files: string[] }>(0, 'synth', 'shop/dev', '--out', out);
    expect(files).toHaveLength(8);
    expect((await json<ErrorBody>(1, 'synth', 'shop/dev', '--out', out)).error.fix).toContain('--force');
    const engine = await firstEngine();
    const env = providerByHand(engine.kind);
    const cwd = join(out, 'worker');
    for (const args of [['init', '-input=false'], ['validate'], ['plan', '-input=false']]) {
      const outcome = await runProgram(engine.path, [...args, '-no-color'], { env, cwd });
      expect(outcome, `${args[0]}: ${outcome.out}${outcome.err}`).toMatchObject({ code: 0 });
      if (args[0] === 'plan') expect(outcome.out).toContain('Plan: 8 to add');
    }
  });
});

describe('trouble', () => {
  it('ends with 2 where the cloud refuses, and goes on where it is resumed', async () => {
    const fault = await json<SandboxFault>(
      ...([
        0,
        'sandbox',
        'fault',
        'shop/dev',
        '--kind',
        'denied',
        '--type',
        'aws_sqs_queue',
        '--operation',
        'update',
      ] as const),
    );
    expect(await json<SandboxFault[]>(0, 'sandbox', 'fault', 'shop/dev')).toEqual([fault]);
    put(pipeline({ visibility: 140, sendGrants: ['receive'] }));
    await json(0, 'push', 'shop/dev', file);
    const failed = await json<Run>(2, 'apply', 'shop/dev', '--approve');
    expect(failed.error).toMatchObject({ code: 'denied' });
    expect((await words('run', 'resume', failed.id)).code).toBe(2);
    await json(0, 'sandbox', 'fault', 'shop/dev', '--off', fault.id);
    const resumed = await json<Run>(0, 'run', 'resume', failed.id);
    expect(resumed.status).toBe('succeeded');
    expect((await json<ErrorBody>(1, 'run', 'resume', failed.id)).error.code).toBe('run-state');
  });

  it('brings everything back from a backup, into another folder too', async () => {
    const backup = join(scratch, 'all.backup');
    await json(0, 'backup', backup);
    expect((await json<ErrorBody>(1, 'backup', backup)).error.fix).toContain('--force');
    put(pipeline({ visibility: 200 }));
    await json(0, 'push', 'shop/dev', file);
    await json(0, 'restore', backup);
    const { revision } = await json<EnvironmentSummary>(0, 'env', 'show', 'shop/dev');
    expect(statuses(await apply())).toEqual(everywhere('skipped'));
    const key = readFileSync(join(scratch, 'data', 'master.key'));
    const second = plumblineOn(join(scratch, 'second'));
    expect(await second.words('restore', backup)).toMatchObject({
      code: 2,
      err: expect.stringContaining('master key'),
    });
    rmSync(join(scratch, 'second'), { recursive: true, force: true });
    mkdirSync(join(scratch, 'second'));
    writeFileSync(join(scratch, 'second', 'master.key'), key, { mode: 0o600 });
    await second.json(0, 'restore', backup);
    expect(await second.json<EnvironmentSummary>(0, 'env', 'show', 'shop/dev')).toMatchObject({ revision });
    writeFileSync(backup, readFileSync(backup).subarray(0, -1));
    expect((await words('restore', backup)).code).toBe(1);
    expect(await json<EnvironmentSummary>(0, 'env', 'show', 'shop/dev')).toMatchObject({ revision });
  });

  it('does not delete what is deployed, and destroys with nothing left', async () => {
    expect((await json<ErrorBody>(1, 'env', 'delete', 'shop/dev')).error.fix).toContain('estroy');
    expect((await json<Run>(0, 'destroy', 'shop/dev', '--approve')).status).toBe('succeeded');
    expect(await json<SandboxObject[]>(0, 'sandbox', 'list', 'shop/dev')).toEqual([]);
    expect(await json<Artifact[]>(0, 'artifacts', 'shop/dev')).toEqual([]);
    await json(0, 'env', 'delete', 'shop/dev');
    await json(0, 'project', 'delete', 'shop');
    expect((await json<Project[]>(0, 'project', 'list')).map(({ name }) => name)).toEqual(['orders']);
    expect(existsSync(join(scratch, 'data', 'server.json'))).toBe(false);
  });
});

/** The embedded cloud as a provider that the engine starts itself, found in a mirror folder. */
function providerByHand(kind: EngineKind): NodeJS.ProcessEnv {
  const system = `${platform()}_${arch() === 'x64' ? 'amd64' : arch()}`;
  const folder = join(scratch, 'mirror', PROVIDER_REGISTRY[kind], 'hashicorp', 'aws', '5.99.1', system);
  mkdirSync(folder, { recursive: true });
  const program = join(scratch, 'provider');
  const bundle = fileURLToPath(new URL('../../build/sandbox-provider.mjs', import.meta.url));
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${bundle}"\n`);
  chmodSync(program, 0o755);
  symlinkSync(program, join(folder, 'terraform-provider-aws_v5.99.1'));
  const settings = join(scratch, 'terraform.rc');
  writeFileSync(
    settings,
    `provider_installation {\n  filesystem_mirror {\n    path = "${join(scratch, 'mirror')}"\n  }\n}\n`,
  );
  return { ...process.env, TF_CLI_CONFIG_FILE: settings, PLUMBLINE_SANDBOX_FOLDER: join(scratch, 'objects') };
}
