// The security group of a workload, and the rules that let it reach what it is connected to.
import type { NetworkRule } from '../../schemas/generated/types.ts';
import { fillTemplate, templateFields } from '../../schemas/rules/resolve-env-variables.ts';
import { SecurityGroup, VpcSecurityGroupEgressRule, VpcSecurityGroupIngressRule } from './aws/ec2.ts';
import type { Binding } from './binding.ts';
import type { ModuleScope } from './scope.ts';

/**
 * Makes `aws_security_group.security_group`, open to nobody, free to call out, and for every network rule of a
 * connection's contract `network_<connection id>_<n>` on the producer's group.
 */
export function defineSecurityGroup(scope: ModuleScope<unknown>, vpcId: string): SecurityGroup {
  const group = new SecurityGroup(scope.stack, 'security_group', {
    name: scope.name(255),
    description: `Plumbline node ${scope.context.node}`,
    vpcId,
  });
  new VpcSecurityGroupEgressRule(scope.stack, 'egress', {
    securityGroupId: group.id,
    ipProtocol: '-1',
    cidrIpv4: '0.0.0.0/0',
    description: 'Calls out',
  });
  for (const binding of scope.connections) openPorts(scope, binding, group.id);
  return group;
}

function openPorts(scope: ModuleScope<unknown>, binding: Binding, consumer: string): void {
  const { connection, contract } = binding;
  for (const [index, rule] of (contract.network ?? []).entries()) {
    const fields = [...templateFields(rule.securityGroup), ...templateFields(rule.port)];
    if (!fields.every((field) => binding.has(field))) continue;
    const port = portNumber(binding, rule);
    new VpcSecurityGroupIngressRule(scope.stack, `network_${connection.id.replaceAll('-', '_')}_${index + 1}`, {
      securityGroupId: fillTemplate(rule.securityGroup, (field) => binding.text(field)),
      referencedSecurityGroupId: consumer,
      ipProtocol: rule.protocol,
      fromPort: port,
      toPort: port,
      description: `${rule.title} from ${scope.context.node}`,
    });
  }
}

function portNumber(binding: Binding, rule: NetworkRule): number {
  const [field] = templateFields(rule.port);
  return field === undefined ? Number(rule.port) : binding.number(field);
}
