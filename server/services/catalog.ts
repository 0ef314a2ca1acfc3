// Published modules and contracts, as the API shows them.
import type { ContractDetail, ModuleDetail } from '../../schemas/generated/types.ts';
import { fail } from '../errors.ts';
import type { CatalogFiles } from '../synth/load-catalog.ts';
import { compileModuleValidator } from './module-validator.ts';

export function createCatalogService(files: CatalogFiles) {
  const validators = new Map<string, string>();
  const findModule = (id: string): ModuleDetail =>
    files.modules.find(({ manifest }) => manifest.id === id) ??
    fail('unknown-module', { values: { name: id }, got: id });
  return {
    modules: (): ModuleDetail[] => files.modules,
    /** @throws `unknown-module` */
    module: findModule,
    contracts: (): ContractDetail[] => files.contracts,
    /** @throws `unknown-contract` */
    contract: (name: string): ContractDetail =>
      files.contracts.find((contract) => contract.name === name) ??
      fail('unknown-contract', { values: { name }, got: name }),
    /** The module's form validator as an ES module. @throws `unknown-module` */
    validator: async (id: string): Promise<string> => {
      const { manifest } = findModule(id);
      const text = validators.get(id) ?? (await compileModuleValidator(manifest));
      validators.set(id, text);
      return text;
    },
  };
}
