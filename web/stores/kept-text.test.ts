import { expect, it } from 'vitest';
import type { ModuleManifest } from '../../schemas/generated/types.ts';
import { createCatalog } from '../../schemas/rules/catalog.ts';
import { concealText, createTextKeeper } from './kept-text.ts';
import { memoryStorage } from './page-double.ts';

const manifest: ModuleManifest = {
  ...{ schemaVersion: 1, id: 'keeper', version: '1.0.0', title: 'Keeper', summary: 'Keeps.', tier: 'private' },
  ...{ category: 'Identity', family: 'identity', implementation: 'cdktf', inputs: {}, outputs: {}, presets: {} },
  params: { type: 'object', properties: { token: { type: 'string', secret: true }, size: { type: 'integer' } } },
};
const catalog = createCatalog([manifest], [], () => []);
const open = (storage: ReturnType<typeof memoryStorage>, client: string, isOpen: (client: string) => boolean) =>
  createTextKeeper({ storage, project: 'orders', environment: 'dev', client, catalog, isOpen });

it('offers what a closed page has left, through any number of reloads, until a person says what becomes of it', () => {
  const storage = memoryStorage();
  open(storage, 'a', () => false).keep({ text: '{ "nodes', base: '{}' });
  open(storage, 'b', () => false);
  const last = open(storage, 'c', () => false);
  const [offer] = last.offers.getState();
  expect(offer).toEqual({ text: '{ "nodes', base: '{}' });
  if (offer) last.dismiss(offer);
  expect(storage.entries.size).toBe(0);
});

it('leaves the text of a page that is open to that page, and drops what is mended', () => {
  const storage = memoryStorage();
  const first = open(storage, 'a', () => false);
  first.keep({ text: 'broken', base: '' });
  expect(open(storage, 'b', (client) => client === 'a').offers.getState()).toEqual([]);
  first.keep(undefined);
  expect(storage.entries.size).toBe(0);
});

it('keeps no secret in clear, however the text is broken, and leaves sealed ones', () => {
  const canaries = [
    '{"token": "a canary", "size": 3',
    '{"token":\n  "a canary',
    '"token": "a \\" canary" ]',
    '"token": canary',
  ];
  for (const text of canaries) expect(concealText(catalog, text)).not.toContain('canary');
  expect(concealText(catalog, canaries[0] ?? '')).toBe('{"token": "", "size": 3');
  const sealed = '{ "token": { "$secret": "id" }, "size": 3';
  expect(concealText(catalog, sealed)).toBe(sealed);
});
