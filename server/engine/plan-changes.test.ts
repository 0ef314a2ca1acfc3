import { describe, expect, it } from 'vitest';
import { type PlanJson, readChanges } from './plan-changes.ts';

type Resource = NonNullable<PlanJson['resource_changes']>[number];

function resource(address: string, actions: string[], rest: Partial<Resource['change']> = {}): Resource {
  return { address, type: address.split('.')[0] ?? '', change: { actions, before: null, after: null, ...rest } };
}

const plan = (...resources: Resource[]): PlanJson => ({ format_version: '1.2', resource_changes: resources });

describe('readChanges', () => {
  it('puts the most dangerous first, then goes by address, and counts', () => {
    const { changes, totals } = readChanges(
      plan(
        resource('a.new', ['create']),
        resource('b.upd', ['update']),
        resource('z.gone', ['delete']),
        resource('c.rep', ['delete', 'create']),
        resource('a.rep', ['create', 'delete']),
      ),
    );
    expect(changes.map((c) => `${c.action} ${c.address}`)).toEqual([
      'delete z.gone',
      'replace a.rep',
      'replace c.rep',
      'change b.upd',
      'create a.new',
    ]);
    expect(totals).toEqual({ create: 1, change: 1, replace: 2, delete: 1 });
  });

  it('leaves out what stays, what is only read, and the placeholders of unknown inputs', () => {
    const { changes } = readChanges(
      plan(
        resource('a.x', ['no-op']),
        resource('data.b', ['read']),
        resource('terraform_data.unknown_l1_arn', ['create']),
      ),
    );
    expect(changes).toEqual([]);
  });

  it('says why a resource is replaced', () => {
    const replaced = { ...resource('a.x', ['delete', 'create']), action_reason: 'replace_because_tainted' };
    expect(readChanges(plan(replaced)).changes[0]?.reason).toBe('The last apply left it half made.');
  });

  it('gives outputs with their values, what is unknown of them, and whether they are secret', () => {
    const { outputs } = readChanges({
      format_version: '1.2',
      output_changes: {
        queue: { actions: ['create'], after: { name: 'q' }, after_unknown: { arn: true }, after_sensitive: false },
        queue__secret: { actions: ['create'], after: { pw: 'x' }, after_unknown: false, after_sensitive: true },
        gone: { actions: ['delete'], before: 'a', after: null, after_unknown: false },
      },
    });
    expect(outputs).toEqual({
      queue: { value: { name: 'q' }, unknown: { arn: true }, sensitive: false },
      queue__secret: { value: { pw: 'x' }, unknown: false, sensitive: true },
      gone: { unknown: false, sensitive: false },
    });
  });

  it('refuses a format and an action that it does not know', () => {
    expect(() => readChanges({ format_version: '2.0' })).toThrow('format 2.0; 1.x was expected');
    expect(() => readChanges(plan(resource('a.x', ['forget'])))).toThrow('"forget" for a.x');
  });
});
