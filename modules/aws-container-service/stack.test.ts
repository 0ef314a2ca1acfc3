import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode, type TestInput, type TestNode } from '../construct/testing.ts';
import stack from './stack.ts';

const network: TestInput = { port: 'network', contract: 'aws-network', id: 'net-api' };
const cluster: TestInput = { port: 'cluster', contract: 'aws-container-cluster', id: 'cluster-api' };
const database: TestInput = {
  port: 'database',
  contract: 'aws-postgres',
  id: 'db-api',
  grants: ['connect'],
  envPrefix: 'ORDERS_DB',
};
const queue: TestInput = {
  port: 'queues',
  contract: 'aws-queue',
  id: 'queue-api',
  grants: ['send'],
  envPrefix: 'ORDERS_QUEUE',
};

const root = ({ inputs = [], ...node }: TestNode = {}) =>
  synthesizeNode(stack, 'aws-container-service', { inputs: [network, cluster, ...inputs], ...node });
const service = (node?: TestNode) => resourcesOf(root(node));
const definitions = (node?: TestNode) => String(service(node)['aws_ecs_task_definition.task']?.container_definitions);

describe('aws-container-service', () => {
  it('runs tasks in private subnets, on the capacity of the cluster, and rolls back deployments that fail', () => {
    const made = service()['aws_ecs_service.service'];
    expect(made).toMatchObject({
      cluster: '${var.in_cluster_api_arn}',
      desired_count: 1,
      network_configuration: {
        subnets: '${var.in_net_api_privateSubnetIds}',
        security_groups: ['${aws_security_group.security_group.id}'],
        assign_public_ip: false,
      },
      deployment_circuit_breaker: { enable: true, rollback: true },
    });
    expect(made).not.toHaveProperty('launch_type');
  });

  it('gives the task role exactly the grants of a connection, and waits for them', () => {
    const resources = service({ inputs: [queue] });
    const policy = resources['aws_iam_role_policy.grant_queue_api'];
    expect(policy).toMatchObject({ name: 'queue-api', role: '${aws_iam_role.role.id}' });
    expect(String(policy?.policy)).toContain('"Action" = ["sqs:SendMessage", "sqs:GetQueueUrl"]');
    expect(String(policy?.policy)).toContain('"Resource" = [var.in_queue_api_arn]');
    expect(resources['aws_ecs_service.service']?.depends_on).toContain('aws_iam_role_policy.grant_queue_api');
  });

  it('injects plain variables, and secrets as references that the execution role alone may read', () => {
    const admin = { ...database, grants: ['admin'] };
    expect(definitions({ inputs: [queue] })).toContain('"name" = "ORDERS_QUEUE_URL"');
    expect(definitions({ inputs: [admin] })).toContain('"name" = "ORDERS_DB_PASSWORD"');
    expect(definitions({ inputs: [admin] })).toContain('in_db_api_adminSecret_arn}:password::');
    const resources = service({ inputs: [admin] });
    expect(resources['aws_iam_role_policy.injector_db_api']).toMatchObject({
      role: '${aws_iam_role.execution_role.id}',
    });
    expect(resources).not.toHaveProperty(['aws_iam_role_policy.grant_db_api']);
  });

  it('gives numbers as text: ECS takes no other variables', () => {
    expect(definitions({ inputs: [database] })).toContain(
      '"name" = "ORDERS_DB_PORT", "value" = tostring(var.in_db_api_port)',
    );
  });

  it("opens the database's group to its own", () => {
    expect(service({ inputs: [database] })['aws_vpc_security_group_ingress_rule.network_db_api_1']).toMatchObject({
      security_group_id: '${var.in_db_api_securityGroupId}',
      referenced_security_group_id: '${aws_security_group.security_group.id}',
      from_port: '${var.in_db_api_port}',
    });
  });

  it('answers through an internal load balancer that only what is connected reaches', () => {
    const resources = service();
    expect(resources['aws_lb.load_balancer']).toMatchObject({
      internal: true,
      subnets: '${var.in_net_api_privateSubnetIds}',
    });
    expect(resources).not.toHaveProperty(['aws_vpc_security_group_ingress_rule.internet_80']);
    expect(resources['aws_ecs_service.service']?.depends_on).toContain('aws_lb_listener.http');
    expect(root().root.output).toEqual({
      http: {
        value: {
          url: 'http://${aws_lb.load_balancer.dns_name}',
          host: '${aws_lb.load_balancer.dns_name}',
          port: 80,
          securityGroupId: '${aws_security_group.load_balancer_group.id}',
        },
      },
    });
  });

  it('opens to the internet only where it is asked to', () => {
    const resources = service({ params: { loadBalancer: 'public' } });
    expect(resources['aws_lb.load_balancer']).toMatchObject({
      internal: false,
      subnets: '${var.in_net_api_publicSubnetIds}',
    });
    expect(resources['aws_vpc_security_group_ingress_rule.internet_80']).toMatchObject({ cidr_ipv4: '0.0.0.0/0' });
  });

  it('speaks HTTPS with a certificate and sends HTTP there', () => {
    const certificateArn = 'arn:aws:acm:eu-central-1:000000000000:certificate/01234567-89ab-cdef-0123-456789abcdef';
    const node = { params: { loadBalancer: 'public', certificateArn } };
    const resources = service(node);
    expect(resources['aws_lb_listener.https']).toMatchObject({ port: 443, certificate_arn: certificateArn });
    expect(resources['aws_lb_listener.http']).toMatchObject({ default_action: [{ type: 'redirect' }] });
    expect(root(node).root.output).toMatchObject({ http: { value: { port: 443 } } });
  });

  it('is found by a DNS name of its tasks where it has no load balancer', () => {
    const node = { params: { loadBalancer: 'none', port: 8080 } };
    const resources = service(node);
    expect(resources).not.toHaveProperty(['aws_lb.load_balancer']);
    expect(resources['aws_ecs_service.service']).toMatchObject({
      service_registries: { registry_arn: '${aws_service_discovery_service.registry.arn}' },
    });
    expect(root(node).root.output).toEqual({
      http: {
        value: {
          url: 'http://tasks.shop-dev-node.internal:8080',
          host: 'tasks.shop-dev-node.internal',
          port: 8080,
          securityGroupId: '${aws_security_group.security_group.id}',
        },
      },
    });
  });

  it('scales between least and most tasks, and then leaves their number alone', () => {
    expect(service()).not.toHaveProperty(['aws_appautoscaling_target.scaling']);
    const resources = service({ params: { minimumTasks: 2, maximumTasks: 10 } });
    expect(resources['aws_appautoscaling_target.scaling']).toMatchObject({ min_capacity: 2, max_capacity: 10 });
    expect(resources['aws_ecs_service.service']).toMatchObject({ lifecycle: { ignore_changes: ['desired_count'] } });
  });

  it('may pull from the one private repository that its image is in', () => {
    const image = '000000000000.dkr.ecr.eu-central-1.amazonaws.com/shop/api:1.4.0';
    const policy = (node?: TestNode) => String(service(node)['aws_iam_role_policy.execution_baseline']?.policy);
    expect(policy({ params: { image } })).toContain('"arn:aws:ecr:eu-central-1:000000000000:repository/shop/api"');
    expect(policy()).not.toContain('ecr:');
  });

  it('refuses a variable that a connection gives too', () => {
    expect(() => service({ inputs: [queue], params: { variables: { ORDERS_QUEUE_URL: 'x' } } })).toThrow(
      'The variable ORDERS_QUEUE_URL is set in params, and a connection gives it too.',
    );
  });

  it.each(['small', 'production', 'worker'])('synthesizes the preset %s', (preset) => {
    expect(service({ preset })).toHaveProperty(['aws_ecs_service.service']);
  });

  it('stays the same root when the node is renamed', () => {
    expect(root({ name: 'Other name', inputs: [queue] })).toEqual(root({ inputs: [queue] }));
  });
});
