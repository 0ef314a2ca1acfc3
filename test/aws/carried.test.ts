// What a line carries, on the real provider: a reference to a secret that its consumer alone can follow, and ports for it alone.
import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { Artifact, Run } from '../../schemas/generated/types.ts';
import { startServer } from '../../server/start-server.ts';
import { createSearch, marksOf } from '../helpers/secret-search.ts';
import { openCloud } from './carried-cloud.ts';
import { type Consumer, carriedGraph, consumers, withSecretParam } from './carried-graph.ts';
import { hasBrowser, lookAtPage } from './carried-page.ts';
import { ALLOWED, type Attempt, attempts, followReferences, plantPasswords, READ } from './carried-secrets.ts';
import { type CarriedServer, openServer } from './carried-server.ts';
import { byKind } from './carried-sightings.ts';
import { appliedWorkload } from './carried-workloads.ts';
import { wordsOf } from './live.ts';
import { isOpenToTheWorld, networkTable, printNetwork, wrongRows } from './network-table.ts';
import { versionsOf, writeTable } from './tables.ts';

const scope = 'carried/development';
const unsealedScope = 'carried-unsealed/development';
const boxes = ['maker', 'orders-db', 'api'];

/** What the secrets hold: no escaping changes it. */
const canaries = { sealed: 'canary4d8e1f7a2b6ckq', unsealed: 'canary1e5a9d3f7c2bkq' };
const passwords = { 'orders-db': 'canary9c3b5e7d1f2akq', 'billing-db': 'canary6a2f8d4c7e1bkq' };
/** What the emulator makes of every managed password. */
const emulatorsOwn = 'P@55w0rd!';

const finder = createSearch([canaries.sealed, ...Object.values(passwords), emulatorsOwn].flatMap(marksOf));
const unsealedFinder = createSearch(marksOf(canaries.unsealed));

let server: CarriedServer;
let path = '';
let applying: Promise<Run>;
beforeAll(async () => {
  server = await openServer(startServer);
  path = await server.environment(scope, withSecretParam(canaries.sealed, carriedGraph));
  await liveWithSecret(server, path, finder);
  applying = server.run(path, { kind: 'apply', approve: true });
});
afterAll(() => server?.close());

const mustBe = (run: Run, status: Run['status']) => expect(run.status, wordsOf(run)).toBe(status);

/** Plans the secret param and those who take it, searches while the plan waits for approval, and applies it. */
async function liveWithSecret(on: CarriedServer, at: string, search: typeof finder): Promise<void> {
  const planned = await on.run(at, { kind: 'plan', only: ['maker', 'user'] });
  mustBe(planned, 'waiting');
  await search.search('planned', on.searched(at));
  mustBe(await on.approve(planned), 'succeeded');
}

async function searchAll(on: CarriedServer, which: string, search: typeof finder, seen: string[]): Promise<void> {
  const [project, environment] = which.split('/');
  await search.search('applied', on.searched(`projects/${project}/environments/${environment}`));
  if (hasBrowser) await lookAtPage({ address: on.address, scope: which, boxes: seen }, search.look);
}

describe('a secret whose server does not seal and hide', () => {
  afterAll(() => {
    vi.doUnmock('../../server/store/seal.ts');
    vi.doUnmock('../../schemas/rules/redact.ts');
    vi.resetModules();
  });

  it('is found by the search', async () => {
    vi.resetModules();
    vi.doMock('../../server/store/seal.ts', () => ({
      seal: (_key: Buffer, _name: string, plain: Buffer) => plain,
      unseal: (_key: Buffer, _name: string, envelope: Buffer) => envelope,
    }));
    vi.doMock('../../schemas/rules/redact.ts', async (original) => ({
      ...(await original<object>()),
      redact: (_contract: unknown, value: unknown) => value,
      secretFields: () => [],
    }));
    const open = await import('../../server/start-server.ts');
    const bare = await openServer(open.startServer);
    try {
      const at = await bare.environment(unsealedScope, withSecretParam(canaries.unsealed));
      await liveWithSecret(bare, at, unsealedFinder);
      await searchAll(bare, unsealedScope, unsealedFinder, ['maker']);
    } finally {
      await bare.close();
    }
    const found = byKind(unsealedFinder.places);
    const must = ['HTTP answers, events, backup', 'rows of secret params', 'rows of plan files', 'rows of states'];
    for (const kind of [...must, 'database file and its -wal', ...(hasBrowser ? ['page'] : [])])
      expect(found.get(kind), kind).toBeGreaterThan(0);
  });
});

describe('two databases and those who use them', () => {
  const cloud = openCloud(inject('endpoint'));
  const tried: Attempt[] = [];
  let artifacts: Artifact[] = [];

  const appliedOf = (consumer: Consumer) => {
    const box = carriedGraph.nodes.find(({ id }) => id === consumer);
    if (!box) throw new Error(`no box ${consumer}`);
    return appliedWorkload(cloud, scope, carriedGraph, box);
  };
  const network = () => networkTable({ cloud, scope, graph: carriedGraph, artifacts });

  it('are applied', async () => {
    mustBe(await applying, 'succeeded');
    artifacts = await server.call('GET', `${path}/artifacts`);
    await plantPasswords(cloud, artifacts, passwords);
  });

  it('give the password to whom the line says, by the reference in the variables', async () => {
    expect(await followReferences(cloud, await appliedOf('api'))).toEqual({
      ORDERS_ADMIN_USERNAME: 'dbadmin',
      ORDERS_PASSWORD: passwords['orders-db'],
    });
    const whole = JSON.stringify({ username: 'dbadmin', password: passwords['billing-db'] });
    expect(await followReferences(cloud, await appliedOf('worker'))).toEqual({
      BILLING_ADMIN_USERNAME_SECRET_ARN: whole,
      BILLING_PASSWORD_SECRET_ARN: whole,
    });
    expect(await followReferences(cloud, await appliedOf('reader'))).toEqual({});
  });

  it('let nobody else in', async () => {
    for (const consumer of Object.keys(consumers) as Consumer[])
      tried.push(...(await attempts(cloud, consumer, await appliedOf(consumer), artifacts)));
    const isLetIn = (answer: string) => answer === READ || answer === ALLOWED;
    for (const { consumer, identity, what, own, other, expected } of tried)
      expect({ own: isLetIn(own), other: isLetIn(other) }, `${consumer}, ${identity}, ${what}`).toEqual(expected);
    // A key that expired or a secret that is not there would be refused as well.
    const refusals = tried.flatMap(({ own, other }) => [own, other]).filter((answer) => !isLetIn(answer));
    expect(refusals.filter((answer) => !/^(AccessDenied(Exception)?|implicitDeny)$/.test(answer))).toEqual([]);
    writeTable('carried', {
      columns: ['consumer', 'identity', 'tried', 'at its own database', "at the neighbour's", 'judge'],
      rows: tried.map(({ consumer, identity, what, own, other, judge }) => [
        consumer,
        identity,
        what,
        own,
        other,
        judge,
      ]),
      versions: await versionsOf(server),
      notes: [
        'Roles trust their service alone: in the emulator the root key let itself in, and took that back at once.',
      ],
    });
  });

  it('open the ports that lines and params declare, and no other', async () => {
    const rows = await network();
    expect(wrongRows(rows)).toEqual([]);
    expect(rows.filter(isOpenToTheWorld)).toMatchObject([
      { group: 'carried-development-web-load-balancer', port: 'tcp 80', by: 'web: a load balancer, public' },
    ]);
    printNetwork('network', rows, await versionsOf(server));
  });

  it('are found out when a port is opened or closed behind their back', async () => {
    const published = artifacts.find(({ node }) => node === 'billing-db')?.value;
    const GroupId = String(published?.securityGroupId);
    const ofGroup = { Filters: [{ Name: 'group-id', Values: [GroupId] }] };
    const { SecurityGroupRules = [] } = await cloud.ec2.send(new DescribeSecurityGroupRulesCommand(ofGroup));
    const everybody = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await cloud.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: everybody }));
    const group = 'carried-development-billing-db';
    const extra = { group, port: 'tcp 22', peer: '0.0.0.0/0', verdict: 'declared by nothing' };
    expect(wrongRows(await network())).toMatchObject([extra]);
    const SecurityGroupRuleIds = SecurityGroupRules.flatMap((rule) => rule.SecurityGroupRuleId ?? []);
    await cloud.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
    const missing = { group, port: 'tcp 5432', peer: 'carried-development-worker', verdict: 'missing' };
    expect(wrongRows(await network())).toMatchObject([missing, extra]);
  });

  it('show their secrets nowhere', async () => {
    await searchAll(server, scope, finder, boxes);
    expect(finder.places).toEqual([]);
    const [searched, found] = [byKind(finder.all), byKind(unsealedFinder.places)];
    for (const kind of ['rows of plan files', 'rows of states', 'synthesised roots'])
      expect(searched.get(kind), kind).toBeGreaterThan(0);
    writeTable('secrets', {
      columns: ['where', 'places searched', 'sightings', 'sightings with sealing and hiding off'],
      rows: [...searched].map(([kind, count]) => [kind, count, 0, found.get(kind) ?? 0]),
      versions: await versionsOf(server),
      notes: [
        'While an engine runs it holds its values: its environment, and the plan that it is about to apply in a folder of its own.',
        ...(hasBrowser ? [] : ['The page was not looked at: there is no Chromium here.']),
      ],
    });
  });
});
