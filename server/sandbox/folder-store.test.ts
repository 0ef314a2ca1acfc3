import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudObject } from './contract.ts';
import { folderStore } from './folder-store.ts';

const object: CloudObject = {
  type: 'aws_sqs_queue',
  id: 'https://sqs.eu-central-1.amazonaws.com/000000000000/work',
  region: 'eu-central-1',
  owner: 'node-1',
  attributes: { name: 'work' },
  version: 0,
  createdAt: '2024-01-01T00:00:00Z',
  updatedAt: '2024-01-01T00:00:00Z',
};

describe('the folder store', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-store-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps, lists, replaces and removes objects', async () => {
    const store = folderStore(folder);
    expect(await store.insert(object)).toBe(true);
    expect(await store.get(object.type, object.id)).toEqual(object);
    await store.update({ ...object, version: 1 });
    expect(await store.list()).toEqual([{ ...object, version: 1 }]);
    expect(await store.list('aws_sns_topic')).toEqual([]);
    expect(await store.remove(object.type, object.id)).toBe(true);
    expect(await store.remove(object.type, object.id)).toBe(false);
    expect(await store.get(object.type, object.id)).toBeUndefined();
  });

  it('makes an object once, however many ask at the same time', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => folderStore(folder).insert(object)));
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  it('writes files that only their owner may read', async () => {
    await folderStore(folder).insert(object);
    const [file = ''] = await readdir(join(folder, object.type));
    expect((await stat(join(folder, object.type, file))).mode & 0o777).toBe(0o600);
  });
});
