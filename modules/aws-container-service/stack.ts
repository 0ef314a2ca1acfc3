// A Fargate service with its own roles, behind a load balancer or found by a DNS name.

import { AppautoscalingPolicy, AppautoscalingTarget } from '../construct/aws/autoscaling.ts';
import type { SecurityGroup } from '../construct/aws/ec2.ts';
import { EcsService } from '../construct/aws/ecs.ts';
import { defineModule, defineSecurityGroup, type ModuleScope } from '../construct/index.ts';
import { makeDnsName } from './dns-name.ts';
import { makeLoadBalancer } from './load-balancer.ts';
import type { Params } from './params.ts';
import { CONTAINER, makeTask } from './task.ts';

type Scope = ModuleScope<Params>;

const BUSY_PERCENT = 60;

export default defineModule<Params>((scope) => {
  const group = defineSecurityGroup(scope, scope.input('network').string('vpcId'));
  const { http, attached } = makeEntrance(scope, group);
  const { definition, workload } = makeTask(scope);
  const scales = scope.params.maximumTasks > scope.params.minimumTasks;
  const service = new EcsService(scope.stack, 'service', {
    name: scope.name(255),
    cluster: scope.input('cluster').string('arn'),
    taskDefinition: definition.arn,
    desiredCount: scope.params.minimumTasks,
    // No launch type: the cluster's capacity strategy holds.
    networkConfiguration: {
      subnets: scope
        .input('network')
        .strings(scope.params.placement === 'public' ? 'publicSubnetIds' : 'privateSubnetIds'),
      assignPublicIp: scope.params.placement === 'public',
      securityGroups: [group.id],
    },
    deploymentCircuitBreaker: { enable: true, rollback: true },
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
    ...attached,
    dependsOn: [...workload.policies, ...attached.dependsOn],
    lifecycle: scales ? { ignoreChanges: ['desired_count'] } : undefined,
  });
  if (scales) makeScaling(scope, service);
  return { http };
});

/** Where the service answers, and what ties its tasks to that. */
function makeEntrance(scope: Scope, group: SecurityGroup) {
  if (scope.params.loadBalancer === 'none') {
    const { registry, ...http } = makeDnsName(scope, group);
    return { http, attached: { serviceRegistries: { registryArn: registry.arn }, dependsOn: [registry] } };
  }
  const { targetGroup, listener, ...http } = makeLoadBalancer(scope, group);
  const attached = {
    loadBalancer: [{ targetGroupArn: targetGroup.arn, containerName: CONTAINER, containerPort: scope.params.port }],
    healthCheckGracePeriodSeconds: 60,
    // ECS refuses a target group that no load balancer uses yet.
    dependsOn: [listener],
  };
  return { http, attached };
}

function makeScaling(scope: Scope, service: EcsService): void {
  const { stack, params } = scope;
  const target = new AppautoscalingTarget(stack, 'scaling', {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/${scope.input('cluster').string('name')}/${service.name}`,
    minCapacity: params.minimumTasks,
    maxCapacity: params.maximumTasks,
  });
  new AppautoscalingPolicy(stack, 'scaling_by_cpu', {
    name: scope.name(255, { suffix: 'cpu' }),
    policyType: 'TargetTrackingScaling',
    serviceNamespace: target.serviceNamespace,
    scalableDimension: target.scalableDimension,
    resourceId: target.resourceId,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      targetValue: BUSY_PERCENT,
    },
  });
}
