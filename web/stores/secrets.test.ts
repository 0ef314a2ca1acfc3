import { describe, expect, it } from 'vitest';
import type { ModuleManifest, Operation } from '../../schemas/generated/types.ts';
import { createCatalog } from '../../schemas/rules/catalog.ts';
import { type DocumentContent, EMPTY_CONTENT } from '../../schemas/rules/content.ts';
import { valueAt } from './operation-paths.ts';
import { concealOperations, sealIn, sealingsOf, withoutSecrets } from './secrets.ts';

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

describe('operations', () => {
  const catalog = createCatalog([manifest], [], () => []);
  const nodes = { keeper: { id: 'keeper', name: 'keeper', module: 'keeper', version: '^1.0.0' } };
  const conceal = (...operations: Operation[]) => concealOperations(catalog, nodes, operations);
  const params = (value: unknown, ...keys: string[]): Operation => ({
    path: ['nodes', 'keeper', 'params', ...keys],
    value,
  });

  it('keep in the browser everything but a secret in clear, in whatever way it was set', () => {
    const made: Operation = {
      path: ['nodes', 'new'],
      value: { ...nodes.keeper, params: { token: 'a canary', size: 2 } },
    };
    const kept = conceal(made, params({ token: 'a canary', size: 2 }), params('a canary', 'token'), params(3, 'size'));
    expect(JSON.stringify(kept)).not.toContain('a canary');
    expect(kept.map(({ path }) => path.join('/'))).toEqual([
      'nodes/new',
      'nodes/keeper/params',
      'nodes/keeper/params/size',
    ]);
    const sealed = params({ $secret: 'id' }, 'token');
    expect(conceal(sealed)).toEqual([sealed]);
  });

  it('of a module that is not known keep no params at all', () => {
    expect(concealOperations(catalog, {}, [params('a canary', 'token')])).toEqual([]);
  });

  it('take the sealed form in place of the value, however the history holds it', () => {
    const stored = { nodes: { keeper: { ...nodes.keeper, params: { token: { $secret: 'id' } } } } };
    const content: DocumentContent = { ...EMPTY_CONTENT, ...stored };
    const sealings = sealingsOf([params('a canary', 'token')], (path) => valueAt(content, path));
    expect(sealings).toEqual([{ path: ['nodes', 'keeper', 'params', 'token'], sealed: { $secret: 'id' } }]);
    const whole: Operation = {
      path: ['nodes', 'keeper'],
      value: { ...nodes.keeper, params: { token: 'an older canary', size: 2 } },
    };
    expect(sealings.reduce(sealIn, whole).value).toMatchObject({ params: { token: { $secret: 'id' }, size: 2 } });
    expect(sealings.reduce(sealIn, params(undefined, 'token')).value).toBeUndefined();
    expect(sealings.reduce(sealIn, params(4, 'size')).value).toBe(4);
  });
});
