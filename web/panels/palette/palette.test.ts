// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ContractDocument, ModuleDetail, ModuleManifest } from '../../../schemas/generated/types.ts';
import { createCatalog } from '../../../schemas/rules/catalog.ts';
import { whatItMakes } from './makes.ts';
import { neighboursOf } from './neighbours.ts';
import { shelvesOf } from './shelves.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const modules = readdirSync(new URL('modules/', root))
  .filter((name) => name.startsWith('aws-'))
  .map(
    (name): ModuleDetail => ({
      manifest: JSON.parse(read(`modules/${name}/module.json`)) as ModuleManifest,
      runbook: read(`modules/${name}/runbook.md`),
      icon: '',
    }),
  );
const contracts = readdirSync(new URL('schemas/contracts/', root))
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(read(`schemas/contracts/${name}`)) as ContractDocument);
const catalog = createCatalog(
  modules.map(({ manifest }) => manifest),
  contracts,
  () => [],
);
const module = (id: string) => modules.find(({ manifest }) => manifest.id === id) ?? modules[0];
const idsOn = (search: string, favourites: string[], shelf: string) =>
  shelvesOf(modules, search, favourites)
    .find(({ title }) => title === shelf)
    ?.modules.map(({ manifest }) => manifest.id);

describe('the shelves of the palette', () => {
  it('put favourites first and each module on one shelf only', () => {
    const shelves = shelvesOf(modules, '', ['aws-queue']);
    expect(shelves[0]?.title).toBe('Favourites');
    expect(shelves.flatMap((shelf) => shelf.modules)).toHaveLength(modules.length);
    expect(idsOn('', ['aws-queue'], 'Messaging')).toEqual(['aws-topic']);
  });

  it('find by name, summary, category, tier and port', () => {
    expect(idsOn('dead letters', [], 'Messaging')).toEqual(['aws-queue']);
    expect(idsOn('queue', ['aws-queue'], 'Messaging')).toContain('aws-queue');
    expect(idsOn('official lambda', [], 'Compute')).toEqual(['aws-function']);
    expect(shelvesOf(modules, 'nothing like it', [])).toEqual([]);
  });
});

describe('the card of a module', () => {
  it('says what each module makes, without marks and templates', () => {
    for (const detail of modules) {
      const text = whatItMakes(detail);
      expect(text?.length).toBeGreaterThan(30);
      expect(text).not.toMatch(/[{}`]|not set|known after apply/);
    }
  });

  it('draws a module between those that feed it and those that it feeds', () => {
    const queue = module('aws-queue');
    const ids = (side: { module: ModuleDetail }[]) => side.map(({ module: { manifest } }) => manifest.id);
    const { before, after } = neighboursOf(catalog, modules, queue?.manifest as ModuleManifest);
    expect(ids(before)).toEqual(['aws-topic']);
    expect(ids(after)).toEqual(['aws-container-service', 'aws-function']);
    expect(after[0]?.family).toBe('messaging');
  });
});
