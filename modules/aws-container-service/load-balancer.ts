// A load balancer before the tasks, internal or public, HTTPS where a certificate is given.
import { SecurityGroup, VpcSecurityGroupEgressRule, VpcSecurityGroupIngressRule } from '../construct/aws/ec2.ts';
import { Lb, LbListener, LbTargetGroup } from '../construct/aws/elb.ts';
import type { ModuleScope } from '../construct/index.ts';
import type { Params } from './params.ts';

type Scope = ModuleScope<Params>;

const EVERYWHERE = '0.0.0.0/0';

export interface Entrance {
  url: string;
  host: string;
  port: number;
  securityGroupId: string;
  targetGroup: LbTargetGroup;
  listener: LbListener;
}

export function makeLoadBalancer(scope: Scope, tasks: SecurityGroup): Entrance {
  const { stack, params } = scope;
  const network = scope.input('network');
  const secure = params.certificateArn !== '';
  const group = makeGroup(scope, tasks, secure ? [80, 443] : [80]);
  const balancer = new Lb(stack, 'load_balancer', {
    name: scope.name(32),
    loadBalancerType: 'application',
    internal: params.loadBalancer === 'internal',
    subnets: network.strings(params.loadBalancer === 'public' ? 'publicSubnetIds' : 'privateSubnetIds'),
    securityGroups: [group.id],
    dropInvalidHeaderFields: true,
  });
  const targetGroup = makeTargetGroup(scope);
  const listener = secure ? secureListener(scope, balancer, targetGroup) : plainListener(scope, balancer, targetGroup);
  return {
    url: `${secure ? 'https' : 'http'}://${balancer.dnsName}`,
    host: balancer.dnsName,
    port: secure ? 443 : 80,
    securityGroupId: group.id,
    targetGroup,
    listener,
  };
}

function makeGroup(scope: Scope, tasks: SecurityGroup, ports: number[]): SecurityGroup {
  const { stack, params, context } = scope;
  const group = new SecurityGroup(stack, 'load_balancer_group', {
    name: scope.name(255, { suffix: 'load-balancer' }),
    description: `Load balancer of Plumbline node ${context.node}`,
    vpcId: scope.input('network').string('vpcId'),
  });
  const open = params.loadBalancer === 'public' ? ports : [];
  for (const port of open) {
    new VpcSecurityGroupIngressRule(stack, `internet_${port}`, {
      securityGroupId: group.id,
      cidrIpv4: EVERYWHERE,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description: 'The internet',
    });
  }
  const between = { ipProtocol: 'tcp', fromPort: params.port, toPort: params.port };
  new VpcSecurityGroupEgressRule(stack, 'to_tasks', {
    ...between,
    securityGroupId: group.id,
    referencedSecurityGroupId: tasks.id,
    description: 'To the tasks',
  });
  new VpcSecurityGroupIngressRule(stack, 'from_load_balancer', {
    ...between,
    securityGroupId: tasks.id,
    referencedSecurityGroupId: group.id,
    description: 'From the load balancer',
  });
  return group;
}

function makeTargetGroup(scope: Scope): LbTargetGroup {
  return new LbTargetGroup(scope.stack, 'target_group', {
    name: scope.name(32),
    vpcId: scope.input('network').string('vpcId'),
    targetType: 'ip',
    protocol: 'HTTP',
    // Each task registers with its own port; this one is never used, and changing it would replace the group.
    port: 80,
    deregistrationDelay: '30',
    healthCheck: { path: scope.params.healthPath, matcher: '200-399', interval: 15, healthyThreshold: 2 },
  });
}

function plainListener({ stack }: Scope, balancer: Lb, targetGroup: LbTargetGroup): LbListener {
  return new LbListener(stack, 'http', {
    loadBalancerArn: balancer.arn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
  });
}

function secureListener({ stack, params }: Scope, balancer: Lb, targetGroup: LbTargetGroup): LbListener {
  new LbListener(stack, 'http', {
    loadBalancerArn: balancer.arn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' } }],
  });
  return new LbListener(stack, 'https', {
    loadBalancerArn: balancer.arn,
    port: 443,
    protocol: 'HTTPS',
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    certificateArn: params.certificateArn,
    defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
  });
}
