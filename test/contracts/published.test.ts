// Every contract and every module of this repository keeps our vocabulary.
import { describe, expect, test } from 'vitest';
import { contractName, contractVersion } from '../../schemas/rules/catalog.ts';
import { checkContract, checkModule } from '../../schemas/rules/contract-vocabulary.ts';
import { redact, secretFields } from '../../schemas/rules/redact.ts';
import { renderGrants } from '../../schemas/rules/render-grant.ts';
import { publishedCatalog, publishedContracts, publishedModules } from './published.ts';

const contracts = publishedContracts();
const modules = publishedModules();
const catalog = publishedCatalog();

test('there are contracts and modules to judge', () => {
  expect(contracts.map(({ file }) => file)).toContain('schemas/contracts/aws-queue.json');
  expect(modules.map(({ file }) => file)).toContain('modules/aws-queue/module.json');
});

describe.each(contracts)('$file', ({ file, document }) => {
  test('keeps the vocabulary', () => {
    expect(checkContract(document)).toEqual([]);
  });

  test('is named after its file and is published once', () => {
    expect(file).toBe(`schemas/contracts/${contractName(document)}.json`);
    expect(contracts.filter((other) => other.document.$id === document.$id)).toHaveLength(1);
    expect(catalog.findContract(`${contractName(document)}@${contractVersion(document)}`)).toEqual(document);
  });

  test('hides its secrets', () => {
    for (const field of secretFields(document))
      expect(redact(document, { [field]: 'x' })).toEqual({ [field]: '[secret]' });
  });
});

describe.each(modules)('$file', ({ file, document }) => {
  test('keeps the vocabulary', () => {
    expect(checkModule(document, catalog)).toEqual([]);
  });

  test('is named after its folder', () => {
    expect(file).toBe(`modules/${document.id}/module.json`);
  });

  test('takes grants that render without a wildcard action and with no field left open', () => {
    for (const port of Object.values(document.inputs)) {
      const contract = catalog.findContract(port.contract);
      if (!contract) throw new Error(`${port.contract} is not published`);
      const connection = { id: 'c1', grants: Object.keys(contract.grants) };
      const statements = renderGrants({
        contract,
        connection,
        port,
        workload: true,
        resolve: (field) => `<${field}>`,
        own: (output) => `<${output}>`,
      });
      for (const { actions, resources } of statements) {
        expect(actions.filter((action) => action.includes('*'))).toEqual([]);
        expect(resources.filter((resource) => /\{[a-z]/.test(resource.replaceAll('${', '')))).toEqual([]);
      }
    }
  });
});
