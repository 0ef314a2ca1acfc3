import { expect, it } from 'vitest';
import type { ModuleManifest } from '../../schemas/generated/types.ts';
import { createCatalog } from '../../schemas/rules/catalog.ts';
import { withoutSecrets } from './secrets.ts';

const manifest: ModuleManifest = {
  ...{ schemaVersion: 1, id: 'keeper', version: '1.0.0', title: 'Keeper', summary: 'Keeps.', tier: 'private' },
  ...{ category: 'Identity', family: 'identity', implementation: 'cdktf', inputs: {}, outputs: {}, presets: {} },
  params: { type: 'object', properties: { token: { type: 'string', secret: true }, size: { type: 'integer' } } },
};

it('keeps every param of a draft but the secrets that are in clear', () => {
  const catalog = createCatalog([manifest], [], () => []);
  const node = (id: string, token: unknown) => ({
    id,
    name: id,
    module: 'keeper',
    version: '^1.0.0',
    params: { token, size: 2 },
  });
  const graph = {
    schemaVersion: 1 as const,
    nodes: [node('clear', 'a canary'), node('sealed', { $secret: 'id' })],
    connections: [],
  };
  const kept = JSON.stringify(withoutSecrets(catalog, graph));
  expect(kept).not.toContain('a canary');
  expect(JSON.parse(kept).nodes.map((each: { params: unknown }) => each.params)).toEqual([
    { size: 2 },
    { token: { $secret: 'id' }, size: 2 },
  ]);
});
