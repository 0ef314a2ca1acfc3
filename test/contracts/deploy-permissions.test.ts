// What the deploying role needs, for every module with every preset: nothing left out, nothing given away.
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { DeployPermissions, EnvironmentDocument, IamStatement } from '../../schemas/generated/types.ts';
import table from '../../schemas/permissions/aws.json' with { type: 'json' };
import {
  deployPermissions,
  type PermissionGroup,
  type PermissionTable,
} from '../../schemas/rules/deploy-permissions.ts';
import { MANAGED_POLICY_LIMIT, policySize } from '../../schemas/rules/split-policies.ts';
import { type CatalogueCase, catalogueCases } from '../helpers/catalogue-cases.ts';

const listed = table as PermissionTable;
const groups: PermissionGroup[] = [
  ...listed.always,
  ...Object.values(listed.resources).flatMap((entry) => entry.groups),
];
const environment: EnvironmentDocument = {
  ...{ schemaVersion: 1, project: 'shop', name: 'dev', class: 'development', engine: 'terraform', tags: {} },
  ...{ protection: false, approval: 'self', target: { kind: 'aws', region: 'eu-central-1', account: '000000000000' } },
};

let cases: CatalogueCase[];
let all: DeployPermissions;
beforeAll(async () => {
  cases = await catalogueCases();
  all = permissionsOf(() => true);
});

const permissionsOf = (isWanted: (each: CatalogueCase) => boolean) =>
  deployPermissions(
    cases.filter(isWanted).map(({ result }) => result.root),
    environment,
    listed,
  );
const statements = ({ read, write }: DeployPermissions) => [...read, ...write].flatMap(({ Statement }) => Statement);
const allowing = (from: DeployPermissions, action: string): IamStatement[] =>
  statements(from).filter(({ Action }) => Action.includes(action));

test('every resource type that a module may import is in the table, and no other', () => {
  const folder = new URL('../../modules/construct/aws/', import.meta.url);
  const text = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const imported = text.join().matchAll(/provider-aws\/lib\/([a-z0-9-]+)\//g);
  const types = [...imported].map(([, type = '']) => `aws_${type.replaceAll('-', '_')}`);
  expect(types.length).toBeGreaterThan(40);
  expect(Object.keys(listed.resources).sort()).toEqual([...new Set(types)].sort());
});

test('every root of the catalogue is known', () => {
  expect(all.unlisted).toEqual([]);
  const made = new Set(cases.flatMap(({ result }) => Object.keys(result.root.resource ?? {})));
  expect([...made].filter((type) => type.startsWith('aws_') && !listed.resources[type])).toEqual([]);
});

test('reading changes nothing', () => {
  const reading = groups.filter(({ access }) => access === 'read').flatMap(({ actions }) => actions);
  expect(reading.filter((action) => !/^[a-z0-9-]+:(Get|List|Describe|Lookup|BatchGet)/.test(action))).toEqual([]);
});

test('no action is a wildcard', () => {
  expect(groups.flatMap(({ actions }) => actions).filter((action) => !/^[a-z0-9-]+:[A-Z]\w+$/.test(action))).toEqual(
    [],
  );
});

test('whatever is bound by no name and no tag has a reason', () => {
  const isNamed = (resource: string) =>
    /\{(?!partition|region|account)\w+/.test(resource) ||
    resource.includes('aws-service-role/') ||
    resource.endsWith(':og:default:*');
  const isLoose = ({ resources, condition, like }: PermissionGroup) =>
    resources === '*' || (!condition && !like && !resources.every(isNamed));
  expect(groups.filter((group) => isLoose(group) && !group.why)).toEqual([]);
  const open = statements(all).filter(({ Resource, Condition }) => Resource.includes('*') && !Condition);
  const reasons = new Set(all.unbounded.map(({ action }) => action));
  expect(open.flatMap(({ Action }) => Action).filter((action) => !reasons.has(action))).toEqual([]);
});

test('names of the roots are used; what another root makes stays inside the environment', () => {
  const names = (action: string) => allowing(all, action).flatMap(({ Resource }) => Resource);
  expect(names('sqs:CreateQueue')).toContain('arn:aws:sqs:eu-central-1:000000000000:shop-dev-node-dead-letters');
  // Through a reference to a resource of the same root.
  expect(names('s3:PutBucketPolicy')).toEqual(['arn:aws:s3:::shop-dev-node-000000000000']);
  expect(names('iam:PutRolePolicy')).toContain('arn:aws:iam::000000000000:role/shop-dev-node-task');
  // Through a variable: the cluster and the topic are other boxes.
  expect(names('ecs:CreateService')).toEqual([
    'arn:aws:ecs:eu-central-1:000000000000:service/shop-dev-*/shop-dev-node',
  ]);
  const topics = 'arn:aws:sns:eu-central-1:000000000000:shop-dev-*';
  expect(names('sns:Subscribe')).toEqual([topics, `${topics}:*`]);
  expect(names('ecr:BatchGetImage')).toEqual(['arn:aws:ecr:eu-central-1:000000000000:repository/invoices']);
  expect(
    statements(all)
      .flatMap(({ Resource }) => Resource)
      .join(),
  ).not.toMatch(/[${}]/);
});

test('a role is passed to its own service only, and by name', () => {
  const passed = allowing(all, 'iam:PassRole');
  expect(passed.map(({ Condition }) => Condition?.StringEquals?.['iam:PassedToService'])).toEqual(
    expect.arrayContaining([['ecs-tasks.amazonaws.com'], ['lambda.amazonaws.com'], ['vpc-flow-logs.amazonaws.com']]),
  );
  expect(passed.flatMap(({ Resource }) => Resource).filter((role) => role.includes('*'))).toEqual([]);
  for (const { Condition } of allowing(all, 'iam:CreateServiceLinkedRole'))
    expect(Condition?.StringEquals?.['iam:AWSServiceName']).toHaveLength(1);
});

test('what has only a generated id is bound by the tags of the environment', () => {
  const tags = (kind: string) => ({
    [`aws:${kind}/plumbline:environment`]: ['dev'],
    [`aws:${kind}/plumbline:project`]: ['shop'],
  });
  expect(allowing(all, 'ec2:DeleteVpc').map(({ Condition }) => Condition)).toEqual([
    { StringEquals: tags('ResourceTag') },
  ]);
  expect(allowing(all, 'ec2:CreateVpc').map(({ Condition }) => Condition)).toEqual([
    { StringEquals: tags('RequestTag') },
  ]);
  const mutating = statements(all).filter(({ Action }) => Action.some((action) => /^ec2:(?!Describe)/.test(action)));
  const reasons = new Set(all.unbounded.map(({ action }) => action));
  expect(
    mutating.filter(({ Condition }) => !Condition).flatMap(({ Action }) => Action.filter((each) => !reasons.has(each))),
  ).toEqual([]);
});

test('a graph asks for its own services only', () => {
  const queue = permissionsOf(({ module }) => module === 'aws-queue');
  const services = new Set(
    statements(queue).flatMap(({ Action }) => Action.map((action) => action.replace(/:.*/, ''))),
  );
  expect([...services].sort()).toEqual(['sns', 'sqs', 'sts']);
});

test('a document is as large as AWS takes it, and the catalogue fits on one role', () => {
  const sizes = [...all.read, ...all.write].map(policySize);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MANAGED_POLICY_LIMIT);
  expect(all.problem).toBeUndefined();
});

test('the order of the roots changes nothing', () => {
  const turned = deployPermissions(cases.map(({ result }) => result.root).reverse(), environment, listed);
  expect(turned).toEqual(all);
});

test('more than a role takes is said, and each document still fits', () => {
  const roots = Array.from({ length: 1500 }, (_, index) => ({
    resource: { aws_sqs_queue: { queue: { name: `shop-dev-${'queue'.repeat(6)}-${index}` } } },
  }));
  const many = deployPermissions(roots, environment, listed);
  expect(many.problem).toContain('managed policies');
  expect(Math.max(...[...many.read, ...many.write].map(policySize))).toBeLessThanOrEqual(MANAGED_POLICY_LIMIT);
  expect(new Set(allowing(many, 'sqs:DeleteQueue').flatMap(({ Resource }) => Resource)).size).toBe(1500);
});

test('a type of a module of one’s own is named, not guessed', () => {
  const own = deployPermissions([{ resource: { aws_own_thing: { it: { name: 'x' } } } }], environment, listed);
  expect(own.unlisted).toEqual(['aws_own_thing']);
});
