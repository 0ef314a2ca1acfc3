import { describe, expect, it } from 'vitest';
import { loadCatalog } from './load-catalog.ts';

describe('loadCatalog', () => {
  it('finds every module with its runbook and icon, and every contract that a port names', () => {
    const { modules, catalog } = loadCatalog();
    expect(modules.map(({ manifest }) => manifest.id)).toContain('aws-queue');
    for (const { manifest, runbook, icon } of modules) {
      expect(runbook).toMatch(/^# /);
      expect(icon).toMatch(/^<svg/);
      for (const port of [...Object.values(manifest.inputs), ...Object.values(manifest.outputs)]) {
        expect(catalog.findContract(port.contract), `${manifest.id}: ${port.contract}`).toBeDefined();
      }
    }
  });

  it('judges params by the schema of their module', () => {
    const { catalog } = loadCatalog();
    const queue = catalog.findModule('aws-queue', '^1.0.0');
    expect(queue && catalog.validateParams(queue, { delaySeconds: -1 })).toHaveLength(1);
  });
});
