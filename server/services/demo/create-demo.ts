// The demo that a new installation begins with: project "orders", environment "development", in the sandbox.
import type { Graph, Layout } from '../../../schemas/generated/types.ts';
import type { Store } from '../../store/store.ts';
import type { Services } from '../services.ts';
import orders from './orders.json' with { type: 'json' };

/** Makes the demo where nobody has done anything yet; whoever deletes it does not get it back. */
export async function createDemo(
  store: Pick<Store, 'audit' | 'projects'>,
  services: Pick<Services, 'projects' | 'environments' | 'graphs'>,
  who: string,
): Promise<void> {
  if (!(await store.audit.isEmpty()) || (await store.projects.list()).length > 0) return;
  await services.projects.create('orders', who);
  const target = { kind: 'sandbox' } as const;
  await services.environments.create('orders', { name: 'development', class: 'development', target }, who);
  const graph = orders.graph as Graph;
  const layout = orders.layout as Layout;
  await services.graphs.save('orders', 'development', { base: 0, mode: 'draft', graph, layout }, who);
}
