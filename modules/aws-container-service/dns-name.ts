// Without a load balancer: a DNS name in the network that answers with the addresses of the tasks (Cloud Map).
import type { SecurityGroup } from '../construct/aws/ec2.ts';
import { ServiceDiscoveryPrivateDnsNamespace, ServiceDiscoveryService } from '../construct/aws/service-discovery.ts';
import type { ModuleScope } from '../construct/index.ts';
import type { Params } from './params.ts';

/** Label in front of the service's domain. */
const LABEL = 'tasks';

export function makeDnsName(scope: ModuleScope<Params>, tasks: SecurityGroup) {
  const { stack, params, context } = scope;
  const domain = `${scope.name(63, { lowercase: true })}.internal`;
  const namespace = new ServiceDiscoveryPrivateDnsNamespace(stack, 'namespace', {
    name: domain,
    description: `Plumbline node ${context.node}`,
    vpc: scope.input('network').string('vpcId'),
  });
  const registry = new ServiceDiscoveryService(stack, 'registry', {
    name: LABEL,
    dnsConfig: {
      namespaceId: namespace.id,
      dnsRecords: [{ type: 'A', ttl: 10 }],
      routingPolicy: 'MULTIVALUE',
    },
    // ECS says which tasks are well.
    healthCheckCustomConfig: { failureThreshold: 1 },
    forceDestroy: true,
  });
  const host = `${LABEL}.${domain}`;
  return { url: `http://${host}:${params.port}`, host, port: params.port, securityGroupId: tasks.id, registry };
}
