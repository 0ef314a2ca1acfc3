// Nodes to Terraform roots, on the thread that asks. The worker calls this; so may a test or a bench.
import { createHash } from 'node:crypto';
import { type BoundInput, type ModuleImplementation, synthesizeModule } from '../../modules/construct/index.ts';
import type { ContractDocument } from '../../schemas/generated/types.ts';
import { type Catalog, createCatalog } from '../../schemas/rules/catalog.ts';
import { type ModuleFolder, readContracts, readModules } from './folders.ts';
import type { SynthFolders, SynthInput, SynthRequest, SynthResult } from './types.ts';

interface Loaded {
  modules: ReadonlyMap<string, ModuleFolder>;
  findContract: Catalog['findContract'];
}

const loaded = new Map<string, Loaded>();

/**
 * Compiles nodes, each on its own. Folders are read once per process and stacks are imported once.
 * @throws Error naming the node, the module and what is wrong with it
 */
export async function synthesizeInProcess(
  requests: readonly SynthRequest[],
  folders: SynthFolders = {},
): Promise<SynthResult[]> {
  const catalog = load(folders);
  const stacks = await importStacks(requests, catalog);
  return requests.map((request) => compile(request, catalog, stacks));
}

function load(folders: SynthFolders): Loaded {
  const key = JSON.stringify(folders);
  const known = loaded.get(key);
  if (known) return known;
  const modules = readModules(folders);
  // Params were judged before a node comes here.
  const catalog = createCatalog([], readContracts(folders), () => []);
  const fresh = {
    modules: new Map(modules.map((folder) => [`${folder.manifest.id}@${folder.manifest.version}`, folder])),
    findContract: catalog.findContract,
  };
  loaded.set(key, fresh);
  return fresh;
}

async function importStacks(
  requests: readonly SynthRequest[],
  catalog: Loaded,
): Promise<Map<string, ModuleImplementation>> {
  const urls = new Set(requests.map((request) => folderOf(request, catalog).stack));
  const stacks = await Promise.all([...urls].map(async (url) => [url, await importStack(url)] as const));
  return new Map(stacks);
}

async function importStack(url: string): Promise<ModuleImplementation> {
  const { default: implementation } = (await import(/* @vite-ignore */ url)) as { default?: unknown };
  if (typeof implementation !== 'function') throw new Error(`${url} does not export defineModule(...) as its default.`);
  return implementation as ModuleImplementation;
}

function compile(request: SynthRequest, catalog: Loaded, stacks: Map<string, ModuleImplementation>): SynthResult {
  const { environment, node } = request;
  const { manifest, stack } = folderOf(request, catalog);
  const implementation = stacks.get(stack);
  if (!implementation) throw new Error(`The stack of ${node.module} was not loaded.`);
  const inputs = request.inputs.map((input) => bound(input, node.id, catalog));
  const { root, variables, resourceTypes } = synthesizeModule(implementation, {
    environment,
    node,
    manifest,
    inputs,
    findContract: catalog.findContract,
    protected: request.protected,
  });
  const digest = createHash('sha256').update(JSON.stringify(root)).digest('hex');
  return { node: node.id, root, variables, resourceTypes, digest };
}

function folderOf({ node }: SynthRequest, { modules }: Loaded): ModuleFolder {
  const folder = modules.get(`${node.module}@${node.version}`);
  if (folder) return folder;
  const versions = [...modules.values()].filter(({ manifest }) => manifest.id === node.module);
  const known = versions.map(({ manifest }) => manifest.version).join(', ') || 'none';
  throw new Error(
    `Node ${node.id} asks for ${node.module}@${node.version}, which is not published. Published versions: ${known}.`,
  );
}

function bound(input: SynthInput, node: string, { findContract }: Loaded): BoundInput {
  const contract: ContractDocument | undefined = findContract(input.contract);
  if (!contract) {
    throw new Error(
      `Connection ${input.connection.id} of node ${node} carries ${input.contract}, which is not a registered contract.`,
    );
  }
  const { connection, port, producer, unknown, absent = [] } = input;
  return { connection, port, producer, unknown, absent, contract, contractRef: input.contract };
}
