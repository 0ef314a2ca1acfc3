import { describe, expect, it } from 'vitest';
import type { InputPort, ModuleManifest } from '../../schemas/generated/types.ts';
import { shapeOf } from './geometry.ts';
import { nearestBox } from './use-box-keys.ts';

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

describe('arrows on a focused box', () => {
  const boxes = [
    { id: 'a', position: { x: 0, y: 0 } },
    { id: 'right', position: { x: 300, y: 40 } },
    { id: 'far', position: { x: 280, y: 600 } },
    { id: 'below', position: { x: 10, y: 200 } },
  ];

  it('go to the nearest box on that side', () => {
    expect(nearestBox(boxes, 'a', [1, 0])).toBe('right');
    expect(nearestBox(boxes, 'a', [0, 1])).toBe('below');
    expect(nearestBox(boxes, 'a', [-1, 0])).toBeUndefined();
  });
});
