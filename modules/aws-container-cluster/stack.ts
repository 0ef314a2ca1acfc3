// An ECS cluster on Fargate whose default capacity strategy its services take.
import { EcsCluster, EcsClusterCapacityProviders } from '../construct/aws/ecs.ts';
import { defineModule } from '../construct/index.ts';

interface Params {
  containerInsights: 'disabled' | 'enabled' | 'enhanced';
  capacity: 'on-demand' | 'mixed' | 'spot';
  onDemandBase: number;
  spotWeight: number;
}

export default defineModule<Params>(({ stack, params, context, name }) => {
  const cluster = new EcsCluster(stack, 'cluster', {
    name: name(255),
    setting: [{ name: 'containerInsights', value: params.containerInsights }],
  });
  new EcsClusterCapacityProviders(stack, 'capacity', {
    clusterName: cluster.name,
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: strategy(params),
  });
  return { cluster: { arn: cluster.arn, name: cluster.name, region: context.region } };
});

function strategy({ capacity, onDemandBase, spotWeight }: Params) {
  switch (capacity) {
    case 'on-demand':
      return [{ capacityProvider: 'FARGATE', weight: 1 }];
    case 'spot':
      return [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    case 'mixed':
      return [
        { capacityProvider: 'FARGATE', base: onDemandBase, weight: 1 },
        { capacityProvider: 'FARGATE_SPOT', weight: spotWeight },
      ];
  }
}
