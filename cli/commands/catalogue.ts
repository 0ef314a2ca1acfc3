import type { Command } from 'commander';
import type { ContractDetail, ModuleDetail } from '../../schemas/generated/types.ts';
import { readContracts, readModules } from '../catalogue-files.ts';
import { addCommand, type Context, print, printList, withServer } from '../context.ts';
import { Failure } from '../failure.ts';
import { printContract, printModule } from '../output/catalogue.ts';

/** The catalogue of the server that PLUMBLINE_SERVER names, else the one of this installation, which needs no server. */
const modules = (context: Context) =>
  context.env.PLUMBLINE_SERVER
    ? withServer(context, (api) => api.get<ModuleDetail[]>('modules'))
    : Promise.resolve(readModules());
const contracts = (context: Context) =>
  context.env.PLUMBLINE_SERVER
    ? withServer(context, (api) => api.get<ContractDetail[]>('contracts'))
    : Promise.resolve(readContracts());

async function showModule(context: Context, id: string): Promise<void> {
  const module = (await modules(context)).find(({ manifest }) => manifest.id === id);
  if (!module) throw new Failure(1, `There is no module '${id}'.`, 'Run `plumbline modules` to see them all.');
  print(context, module, () => printModule(context.terminal, module));
}

async function showContract(context: Context, id: string): Promise<void> {
  const [name, version] = id.split('@');
  const contract = (await contracts(context)).find(
    (known) => known.name === name && (!version || known.version === version),
  );
  if (!contract) throw new Failure(1, `There is no contract '${id}'.`, 'Run `plumbline contracts` to see them all.');
  print(context, contract, () => printContract(context.terminal, contract));
}

export function addCatalogueCommands(program: Command, context: Context): void {
  addCommand(program, 'modules', 'list the modules that can be placed on a graph').action(async () =>
    printList(
      context,
      await modules(context),
      {
        MODULE: ({ manifest }) => manifest.id,
        VERSION: ({ manifest }) => manifest.version,
        CATEGORY: ({ manifest }) => manifest.category,
        SUMMARY: ({ manifest }) => manifest.summary,
      },
      'There are no modules.',
    ),
  );
  addCommand(program, 'module <id>', 'show a module: its params, ports, presets and runbook').action((id: string) =>
    showModule(context, id),
  );
  addCommand(program, 'contracts', 'list the contracts').action(async () =>
    printList(
      context,
      await contracts(context),
      {
        CONTRACT: ({ name }) => name,
        VERSION: ({ version }) => version,
        GRANTS: ({ document }) => Object.keys(document.grants).join(', '),
        SUMMARY: ({ document }) => document.summary,
      },
      'There are no contracts.',
    ),
  );
  addCommand(program, 'contract <id>', 'show a contract: its fields, grants and variables').action((id: string) =>
    showContract(context, id),
  );
}
