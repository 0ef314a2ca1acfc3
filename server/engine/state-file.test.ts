import { describe, expect, it } from 'vitest';
import { isNewerState, readProviders, readState } from './state-file.ts';

const state = (fields: object): Buffer =>
  Buffer.from(JSON.stringify({ version: 4, lineage: 'l', serial: 1, ...fields }));

describe('readState', () => {
  it('reads outputs, and managed resources with their keys in order', () => {
    const view = readState(
      state({
        outputs: { q: { value: { arn: 'a' }, type: 'string' }, s: { value: 'x', sensitive: true } },
        resources: [
          { mode: 'managed', type: 'b', name: 'two', instances: [{ index_key: 'k' }, { index_key: 0 }] },
          { mode: 'data', type: 'd', name: 'd', instances: [{}] },
          { mode: 'managed', type: 'a', name: 'one', module: 'module.m', instances: [{}] },
          { mode: 'managed', type: 'a', name: 'one', instances: [{}] },
        ],
      }),
    );
    expect(view.outputs).toEqual({ q: { value: { arn: 'a' }, sensitive: false }, s: { value: 'x', sensitive: true } });
    expect(view.resources.map((r) => r.address)).toEqual(['a.one', 'b.two["k"]', 'b.two[0]', 'module.m.a.one']);
  });

  it('refuses what is no state of version 4', () => {
    expect(() => readState(Buffer.from('{"version":3}'))).toThrow('got version 3');
    expect(() => readState(Buffer.from('null'))).toThrow('version 4');
    expect(() => readState(Buffer.from('{"version":4,"ser'))).toThrow();
  });
});

describe('isNewerState', () => {
  it('takes a higher serial of the same lineage, or anything where there is nothing', () => {
    expect(isNewerState(state({ serial: 2 }), state({ serial: 1 }))).toBe(true);
    expect(isNewerState(state({}), undefined)).toBe(true);
    expect(isNewerState(state({ serial: 1 }), state({ serial: 1 }))).toBe(false);
    expect(isNewerState(state({ serial: 9, lineage: 'other' }), state({ serial: 1 }))).toBe(false);
  });
});

it('names each provider that a state belongs to once, whatever module and alias stand around it', () => {
  const providers = [
    'provider["registry.terraform.io/hashicorp/aws"]',
    'module.a.provider["registry.terraform.io/hashicorp/aws"].eu',
    'provider["terraform.io/builtin/terraform"]',
  ];
  const resources = providers.map((provider) => ({ mode: 'managed', type: 't', name: 'n', provider, instances: [] }));
  expect(readProviders(state({ resources }))).toEqual([
    'registry.terraform.io/hashicorp/aws',
    'terraform.io/builtin/terraform',
  ]);
  expect(readProviders(state({}))).toEqual([]);
});
