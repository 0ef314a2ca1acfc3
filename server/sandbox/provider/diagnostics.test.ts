import { describe, expect, it } from 'vitest';
import { Refusal } from '../cloud/refusal.ts';
import { loadSchemas } from '../schema/schema-data.ts';
import { refusalDiagnostic } from './diagnostics.ts';

const block = loadSchemas(['aws_db_instance'], []).resources.get('aws_db_instance')?.block ?? {};
const call = {
  doing: 'creating',
  type: 'aws_db_instance',
  block,
  objects: [{ identifier: 'main', password: 'hunter22-secret' }],
};

describe('a diagnostic', () => {
  it('names the object and the attribute at fault', () => {
    const diagnostic = refusalDiagnostic(new Refusal('InvalidParameterValue', 'too small', 'allocated_storage'), call);
    expect(diagnostic.summary).toBe('creating aws_db_instance (main): InvalidParameterValue: too small');
    expect(diagnostic.attribute).toEqual({ steps: [{ attribute_name: 'allocated_storage' }] });
  });

  it('never shows a sensitive value', () => {
    const diagnostic = refusalDiagnostic(new Refusal('Invalid', 'got hunter22-secret'), call);
    expect(diagnostic.summary).toBe('creating aws_db_instance (main): Invalid: got (sensitive)');
  });

  it('does not point at a sensitive attribute, whose source line Terraform would quote', () => {
    expect(refusalDiagnostic(new Refusal('Invalid', 'no', 'password'), call).attribute).toBeUndefined();
  });

  it('passes on what is no refusal, because it is a bug', () => {
    expect(() => refusalDiagnostic(new TypeError('bug'), call)).toThrow('bug');
  });
});
