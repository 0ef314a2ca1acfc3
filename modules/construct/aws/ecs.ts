// Provider resources of ecs, one import each: the provider's barrel alone costs half a gigabyte.
export { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
export { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers/index.js';
export { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
export { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
