import { describe, expect, it } from 'vitest';
import type { InputPort, ModuleManifest } from '../../schemas/generated/types.ts';
import { shapeOf } from './geometry.ts';

const input = (cardinality: InputPort['cardinality']): InputPort => ({
  title: 'in',
  contract: 'c@^1.0.0',
  cardinality,
});
const manifest = {
  inputs: { network: input('one'), files: input('many'), tables: input('many'), calls: input('many') },
  outputs: { http: { title: 'http', contract: 'c@1.0.0' } },
} as unknown as ModuleManifest;

describe('the rows of a box', () => {
  it('show what must be filled or is filled, and fold the rest', () => {
    expect(shapeOf(manifest, new Set(['tables']), false)).toMatchObject({ inputs: ['network', 'tables'], folded: 2 });
  });

  it('keep the shown ports in their place when the box is unfolded', () => {
    const folded = shapeOf(manifest, new Set(['tables']), false);
    const open = shapeOf(manifest, new Set(['tables']), true);
    expect(open.inputs.slice(0, folded.inputs.length)).toEqual(folded.inputs);
    expect(open.height).toBeGreaterThan(folded.height);
  });

  it('make room for a module that is not published here', () => {
    expect(shapeOf(undefined, new Set(), false)).toMatchObject({ inputs: [], outputs: [], folded: 0 });
  });
});
