// Published modules and contracts, as the API shows them.
import type { ContractDetail, ModuleDetail } from '../../schemas/generated/types.ts';
import { fail } from '../errors.ts';
import type { CatalogFiles } from '../synth/load-catalog.ts';
import { compileModuleValidator } from './module-validator.ts';

export function createCatalogService(files: CatalogFiles) {
  const validators = new Map<string, string>();
  const findModule = (id: string, version?: string): ModuleDetail =>
    files.modules.find(
      ({ manifest }) => manifest.id === id && (version === undefined || manifest.version === version),
    ) ?? fail('unknown-module', { values: { name: id }, got: version === undefined ? id : `${id} ${version}` });
  return {
    modules: (): ModuleDetail[] => files.modules,
    /** @throws `unknown-module` */
    module: (id: string): ModuleDetail => findModule(id),
    contracts: (): ContractDetail[] => files.contracts,
    /** @throws `unknown-contract` */
    contract: (name: string): ContractDetail =>
      files.contracts.find((contract) => contract.name === name) ??
      fail('unknown-contract', { values: { name }, got: name }),
    /** The module's form validator as an ES module. @throws `unknown-module` */
    validator: async (id: string, version?: string): Promise<string> => {
      const { manifest } = findModule(id, version);
      const key = `${id}@${manifest.version}`;
      const text = validators.get(key) ?? (await compileModuleValidator(manifest));
      validators.set(key, text);
      return text;
    },
  };
}
