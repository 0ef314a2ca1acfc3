import { describe, expect, it } from 'vitest';
import { models } from '../services/index.ts';
import { loadSchemas } from './schema-data.ts';

describe('the schema file', () => {
  it('knows every type that the sandbox models', () => {
    const types = Object.keys(models);
    expect([...loadSchemas(types, []).resources.keys()]).toEqual([...types].sort());
  });

  it('gives the types that were asked for and no others', () => {
    const { resources, dataSources } = loadSchemas(['aws_sqs_queue', 'random_id'], ['aws_region']);
    expect([...resources.keys()]).toEqual(['aws_sqs_queue']);
    expect([...dataSources.keys()]).toEqual(['aws_region']);
  });

  it('tells a resource from the data source of the same name', () => {
    const { resources, dataSources } = loadSchemas(['aws_vpc'], ['aws_vpc']);
    expect(resources.get('aws_vpc')?.block.attributes?.cidr_block?.computed).toBe(true);
    expect(dataSources.get('aws_vpc')?.block.block_types).toHaveProperty('filter');
  });

  it('holds corrections as well as what was harvested', () => {
    const table = loadSchemas(['aws_dynamodb_table'], []).resources.get('aws_dynamodb_table');
    expect(table?.defaults).toMatchObject({ billing_mode: 'PROVISIONED' });
    expect(table?.forceNew).toContain('hash_key');
  });
});
