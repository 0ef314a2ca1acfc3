import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode } from '../construct/testing.ts';
import stack from './stack.ts';

const strategy = (preset?: string, params: Record<string, unknown> = {}) =>
  resourcesOf(synthesizeNode(stack, 'aws-container-cluster', { preset, params }))[
    'aws_ecs_cluster_capacity_providers.capacity'
  ]?.default_capacity_provider_strategy;

describe('aws-container-cluster', () => {
  it('makes a cluster with insights on Fargate', () => {
    const resources = resourcesOf(synthesizeNode(stack, 'aws-container-cluster'));
    expect(resources['aws_ecs_cluster.cluster']).toEqual({
      name: 'shop-dev-node',
      setting: [{ name: 'containerInsights', value: 'enabled' }],
    });
    expect(resources['aws_ecs_cluster_capacity_providers.capacity']).toMatchObject({
      capacity_providers: ['FARGATE', 'FARGATE_SPOT'],
    });
  });

  it('takes on-demand capacity, spot, or a base on demand and the rest by weight', () => {
    expect(strategy('standard')).toEqual([{ capacity_provider: 'FARGATE', weight: 1 }]);
    expect(strategy('spot')).toEqual([{ capacity_provider: 'FARGATE_SPOT', weight: 1 }]);
    expect(strategy('mixed')).toEqual([
      { capacity_provider: 'FARGATE', base: 2, weight: 1 },
      { capacity_provider: 'FARGATE_SPOT', weight: 3 },
    ]);
  });

  it('has a base and a weight where mixed is chosen without saying more', () => {
    expect(strategy(undefined, { capacity: 'mixed' })).toMatchObject([{ base: 1 }, { weight: 3 }]);
  });

  it('stays the same root when the node is renamed', () => {
    expect(synthesizeNode(stack, 'aws-container-cluster', { name: 'Other name' })).toEqual(
      synthesizeNode(stack, 'aws-container-cluster'),
    );
  });
});
