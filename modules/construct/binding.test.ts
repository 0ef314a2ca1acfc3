import { describe, expect, it } from 'vitest';
import { DbSubnetGroup } from './aws/rds.ts';
import { fixtureManifest, many } from './fixture.ts';
import { type Binding, defineModule, type ModuleScope } from './index.ts';
import { resourcesOf, synthesizeNode, type TestInput } from './testing.ts';

const ports = {
  network: { title: 'network', contract: 'aws-network@^1.0.0', cardinality: 'one' as const },
  database: { title: 'database', contract: 'aws-postgres@^1.0.0', cardinality: 'optional' as const },
  calls: many('http-endpoint'),
};
const network: TestInput = { port: 'network', contract: 'aws-network', id: 'net-app' };
const database: TestInput = { port: 'database', contract: 'aws-postgres', id: 'db-app' };
const call: TestInput = { port: 'calls', contract: 'http-endpoint', id: 'web-app' };

function synthesize(inputs: TestInput[], use: (scope: ModuleScope<unknown>) => void) {
  const module = defineModule((scope) => {
    use(scope);
    return {};
  });
  return synthesizeNode(module, fixtureManifest(ports), { inputs });
}
const onNetwork = (use: (binding: Binding) => unknown) =>
  synthesize([network], (scope) => void use(scope.input('network')));

describe('a binding', () => {
  it('declares a typed variable for each field in use, once', () => {
    const { variables, root } = synthesize([network, database], (scope) => {
      const subnets = scope.input('network').strings('privateSubnetIds');
      new DbSubnetGroup(scope.stack, 'a', { subnetIds: subnets });
      new DbSubnetGroup(scope.stack, 'b', { subnetIds: scope.input('network').strings('privateSubnetIds') });
      scope.optional('database')?.number('port');
      scope.optional('database')?.string('adminSecret.arn');
    });
    expect(variables.map(({ name, connection, field, type }) => [name, connection, field, type])).toEqual([
      ['in_db_app_adminSecret_arn', 'db-app', 'adminSecret.arn', 'string'],
      ['in_db_app_port', 'db-app', 'port', 'number'],
      ['in_net_app_privateSubnetIds', 'net-app', 'privateSubnetIds', 'list(string)'],
    ]);
    expect(root.variable).toMatchObject({ in_net_app_privateSubnetIds: { type: 'list(string)', nullable: false } });
    expect(root.resource).toMatchObject({
      aws_db_subnet_group: { a: { subnet_ids: '${var.in_net_app_privateSubnetIds}' } },
    });
  });

  it('stands in for what upstream does not know with a typed example that Terraform reports as unknown', () => {
    const unknown = { ...network, unknown: ['privateSubnetIds'] };
    const result = synthesize([unknown], (scope) => {
      new DbSubnetGroup(scope.stack, 'a', { subnetIds: scope.input('network').strings('privateSubnetIds') });
    });
    expect(result.variables).toEqual([]);
    expect(result.resourceTypes).toEqual(['aws_db_subnet_group']);
    expect(resourcesOf(result)).toMatchObject({
      'aws_db_subnet_group.a': { subnet_ids: '${terraform_data.unknown_net_app_privateSubnetIds.output}' },
      'terraform_data.unknown_net_app_privateSubnetIds': { input: expect.stringMatching(/^\$\{tolist\(\["subnet-/) },
    });
  });

  it('refuses a field that the contract does not have', () => {
    expect(() => onNetwork((binding) => binding.string('vpcID'))).toThrow(
      /aws-network@1\.0\.0 has no field vpcID \(input network\)\. It has: vpcId, cidr/,
    );
    expect(() => onNetwork((binding) => binding.string('constructor'))).toThrow('has no field constructor');
    expect(() => onNetwork((binding) => binding.string('vpcId.arn'))).toThrow('has no field vpcId.arn');
  });

  it('refuses a field of another type', () => {
    expect(() => onNetwork((binding) => binding.string('zones'))).toThrow(
      'zones of aws-network@1.0.0 as string, but it is of type array',
    );
    expect(() => onNetwork((binding) => binding.number('cidr'))).toThrow('it is of type string');
    expect(() => onNetwork((binding) => binding.text('zones'))).toThrow('it is of type array');
  });

  it('knows which optional fields upstream leaves out', () => {
    const seen: boolean[] = [];
    const ask = (absent: string[]) =>
      synthesize([{ ...call, absent }], (scope) => {
        for (const binding of scope.inputs('calls')) seen.push(binding.has('securityGroupId'));
      });
    ask([]);
    ask(['securityGroupId']);
    expect(seen).toEqual([true, false]);
    expect(() =>
      synthesize([{ ...call, absent: ['securityGroupId'] }], (scope) =>
        scope.inputs('calls')[0]?.string('securityGroupId'),
      ),
    ).toThrow("Ask has('securityGroupId') first");
  });
});

describe('the ports of a scope', () => {
  it('refuse a port that the manifest does not have', () => {
    expect(() => synthesize([], (scope) => scope.inputs('queue'))).toThrow(
      'Module fixture has no input queue. Its inputs: network, database, calls.',
    );
  });

  it('refuse none where one is needed, and two where one may be', () => {
    expect(() => synthesize([], (scope) => scope.input('network'))).toThrow(
      'needs exactly one connection, but none leads to it',
    );
    expect(() => synthesize([database, { ...database, id: 'db-two' }], (scope) => scope.optional('database'))).toThrow(
      'takes one connection, but 2 lead to it',
    );
  });

  it('list connections by id, whatever the order they came in', () => {
    const ids: string[] = [];
    synthesize(
      [
        { ...call, id: 'zz' },
        { ...call, id: 'aa' },
      ],
      (scope) => {
        ids.push(...scope.inputs('calls').map(({ connection }) => connection.id));
      },
    );
    expect(ids).toEqual(['aa', 'zz']);
  });
});
