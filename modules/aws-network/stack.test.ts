import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode } from '../construct/testing.ts';
import stack from './stack.ts';

const network = (params: Record<string, unknown> = {}, preset?: string) =>
  resourcesOf(synthesizeNode(stack, 'aws-network', { params, preset }));
const addresses = (resources: Record<string, unknown>, type: string) =>
  Object.keys(resources)
    .filter((address) => address.startsWith(`${type}.`))
    .map((address) => address.slice(type.length + 1))
    .sort();

describe('aws-network', () => {
  it('makes a public and a private subnet in each zone, with names that follow the node', () => {
    const resources = network();
    expect(addresses(resources, 'aws_subnet')).toEqual(['private_a', 'private_b', 'public_a', 'public_b']);
    expect(resources['aws_subnet.private_b']).toMatchObject({
      availability_zone: 'eu-central-1b',
      cidr_block: '10.0.160.0/19',
      tags: { Name: 'shop-dev-node-private-b' },
    });
  });

  it('adds a third zone without touching the two that are there', () => {
    const two = network({ nat: 'per-zone' });
    const three = network({ nat: 'per-zone', zones: 3 });
    for (const [address, body] of Object.entries(two)) {
      if (address !== 'aws_vpc_endpoint.s3') expect(three[address], address).toEqual(body);
    }
    expect(addresses(three, 'aws_subnet')).toHaveLength(6);
  });

  it('leads private subnets out through no, one or a gateway per zone', () => {
    expect(addresses(network({ nat: 'none' }), 'aws_nat_gateway')).toEqual([]);
    expect(addresses(network({ nat: 'none' }), 'aws_route')).toEqual(['public_out']);
    const one = network({ nat: 'one' });
    expect(one['aws_route.private_b_out']?.nat_gateway_id).toBe('${aws_nat_gateway.nat_a.id}');
    const each = network({ nat: 'per-zone' });
    expect(each['aws_route.private_b_out']?.nat_gateway_id).toBe('${aws_nat_gateway.nat_b.id}');
  });

  it('closes the default security group and reaches S3 from every route table', () => {
    const resources = network();
    expect(resources['aws_default_security_group.default_security_group']).toEqual({ vpc_id: '${aws_vpc.vpc.id}' });
    expect(resources['aws_vpc_endpoint.s3']).toMatchObject({
      service_name: 'com.amazonaws.eu-central-1.s3',
      vpc_endpoint_type: 'Gateway',
      route_table_ids: [
        '${aws_route_table.public_routes.id}',
        '${aws_route_table.private_a_routes.id}',
        '${aws_route_table.private_b_routes.id}',
      ],
    });
  });

  it('lets the flow logs role write to its own log group alone', () => {
    const resources = network({ flowLogDays: 90 });
    expect(resources['aws_cloudwatch_log_group.flow_logs']).toMatchObject({ retention_in_days: 90 });
    expect(String(resources['aws_iam_role_policy.flow_logs_policy']?.policy)).toContain(
      '"Resource" = ["${aws_cloudwatch_log_group.flow_logs.arn}:*"]',
    );
    expect(addresses(network({ flowLogs: false }), 'aws_flow_log')).toEqual([]);
  });

  it.each(['small', 'production', 'isolated'])('synthesizes the preset %s', (preset) => {
    expect(network({}, preset)).toHaveProperty(['aws_vpc.vpc']);
  });

  it('stays the same root when the node is renamed', () => {
    expect(synthesizeNode(stack, 'aws-network', { name: 'Other name' })).toEqual(synthesizeNode(stack, 'aws-network'));
  });
});
