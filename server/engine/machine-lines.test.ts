import { describe, expect, it } from 'vitest';
import { readMachineLine } from './machine-lines.ts';
import { readTextDiagnostics } from './text-diagnostics.ts';

const line = (entry: object) => readMachineLine(JSON.stringify({ '@level': 'info', '@message': 'm', ...entry }));

describe('readMachineLine', () => {
  it('reads message, level and address', () => {
    const hook = { resource: { addr: 'aws_sqs_queue.queue' } };
    expect(line({ '@message': 'aws_sqs_queue.queue: Creating...', type: 'apply_start', hook })).toEqual({
      line: { level: 'info', text: 'aws_sqs_queue.queue: Creating...', address: 'aws_sqs_queue.queue' },
    });
  });

  it('reads a diagnostic with its words', () => {
    const diagnostic = {
      severity: 'error',
      summary: 'creating Queue',
      detail: 'denied',
      address: 'aws_sqs_queue.queue',
    };
    expect(line({ '@level': 'error', type: 'diagnostic', diagnostic })).toEqual({
      diagnostic,
      line: {
        level: 'error',
        text: 'Error: creating Queue (aws_sqs_queue.queue)\ndenied',
        address: 'aws_sqs_queue.queue',
      },
    });
  });

  it('shows a warning as one', () => {
    const { line: shown } = line({ diagnostic: { severity: 'warning', summary: 'Deprecated', detail: '' } });
    expect(shown).toEqual({ level: 'warn', text: 'Warning: Deprecated' });
  });

  it('says nothing of versions, outputs, placeholders and the summary that counts them', () => {
    expect(line({ type: 'version' })).toEqual({});
    expect(line({ type: 'outputs', outputs: { a: { value: 1 } } })).toEqual({});
    expect(line({ type: 'planned_change', change: { resource: { addr: 'terraform_data.unknown_a_arn' } } })).toEqual(
      {},
    );
    expect(line({ type: 'change_summary', changes: { add: 3, operation: 'plan' } })).toEqual({});
  });

  it('keeps the summary of an apply', () => {
    expect(line({ '@message': 'Apply complete!', changes: { operation: 'apply' } }).line?.text).toBe('Apply complete!');
  });

  it('hands on what is no JSON without its colours, and drops blank lines', () => {
    expect(readMachineLine('\u001b[31mpanic:\u001b[0m oh')).toEqual({ line: { level: 'info', text: 'panic: oh' } });
    expect(readMachineLine('{not json')).toEqual({ line: { level: 'info', text: '{not json' } });
    expect(readMachineLine('null')).toEqual({ line: { level: 'info', text: 'null' } });
    expect(readMachineLine('  ')).toEqual({});
  });
});

describe('readTextDiagnostics', () => {
  it('reads boxed and coloured errors', () => {
    const text = '\u001b[31m╷\u001b[0m\n│ Error: Failed to install provider\n│ \n│ Error while\n│ installing\n╵\n';
    expect(readTextDiagnostics(text)).toEqual([
      { severity: 'error', summary: 'Failed to install provider', detail: 'Error while\ninstalling' },
    ]);
  });

  it('reads several, warnings among them, and nothing out of other text', () => {
    const found = readTextDiagnostics('Hello\nWarning: a\n\nb\nError: c\n');
    expect(found.map(({ severity, summary }) => `${severity} ${summary}`)).toEqual(['warning a', 'error c']);
    expect(readTextDiagnostics('Hello\n')).toEqual([]);
  });
});
