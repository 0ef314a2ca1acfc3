// One graph that has every grant of every contract: two producers of a kind, and a consumer joined to the first with that grant alone.
// A consumer may have lines of several contracts, one grant of each: fewer boxes, and what it may do across them is tried too.
import type {
  Connection,
  ContractDocument,
  Graph,
  GraphNode,
  InputPort,
  ModuleManifest,
} from '../../schemas/generated/types.ts';
import { type Catalog, contractName } from '../../schemas/rules/catalog.ts';
import { compareText } from '../../schemas/rules/compare.ts';
import { offeredGrants } from '../../schemas/rules/port-grants.ts';

export interface GrantCase {
  contract: ContractDocument;
  grant: string;
  consumer: { node: string; manifest: ModuleManifest };
  port: InputPort;
  connection: Connection;
  /** Producers: the one that the line leads from, and its neighbour, whose name begins with the whole name of the first. */
  joined: string;
  other: string;
}

/** What keeps boxes small and quick to make. */
const SMALL: Record<string, Pick<GraphNode, 'preset' | 'params'>> = {
  'aws-bucket': { preset: 'scratch' },
  'aws-container-cluster': { preset: 'spot' },
  'aws-container-service': { preset: 'small', params: { loadBalancer: 'none' } },
  'aws-function': {
    preset: 'small',
    params: { imageUri: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/tried:1.0.0' },
  },
  'aws-network': { params: { nat: 'none', flowLogs: false } },
  'aws-postgres': { preset: 'small' },
  'aws-table': { preset: 'small', params: { partitionKey: 'id', partitionKeyType: 'S' } },
};

/** The graph, and a case for each grant that any contract of the catalogue has. @throws Error where nothing can carry a grant */
export function grantsGraph(catalog: Catalog): { graph: Graph; cases: GrantCase[] } {
  const builder = createBuilder(catalog);
  const cases = catalog.contracts.flatMap((contract) =>
    Object.keys(contract.grants).map((grant) => builder.addCase(contract, grant)),
  );
  return { graph: builder.graph(), cases };
}

function createBuilder(catalog: Catalog) {
  const nodes = new Map<string, GraphNode>();
  const connections: Connection[] = [];
  const join = (id: string, from: Connection['from'], to: Connection['to'], more: Partial<Connection> = {}) => {
    const connection: Connection = { id, from, to, grants: [], ...more };
    connections.push(connection);
    return connection;
  };

  const addNode = (id: string, module: ModuleManifest): string => {
    if (nodes.has(id)) return id;
    nodes.set(id, { id, name: id, module: module.id, version: `^${module.version}`, ...SMALL[module.id] });
    for (const [port, { contract, cardinality }] of Object.entries(module.inputs))
      if (cardinality === 'one') addSupport(nameOf(contract), id, port);
    return id;
  };

  /** A box that another cannot do without: one for all that need such a thing. */
  const addSupport = (contract: string, node: string, port: string): void => {
    if (connections.some(({ to }) => to.node === node && to.port === port)) return;
    const maker = producerOf(catalog, contract);
    const shared = addNode(`${contract}-shared`, maker.module);
    join(`shared-${connections.length}`, { node: shared, port: maker.port }, { node, port });
  };

  /** The first box of this module that has no line of this contract yet: it stays the one with exactly one grant of it. */
  const addConsumer = (manifest: ModuleManifest, contract: string): string => {
    for (let nth = 1; ; nth++) {
      const id = `${manifest.id}-taker-${nth}`;
      if (!connections.some(({ from, to }) => to.node === id && from.node === `${contract}-a`))
        return addNode(id, manifest);
    }
  };

  return {
    addCase(contract: ContractDocument, grant: string): GrantCase {
      const name = contractName(contract);
      const maker = producerOf(catalog, name);
      const joined = addNode(`${name}-a`, maker.module);
      const other = addNode(`${name}-ab`, maker.module);
      const { manifest, port, input } = consumerOf(catalog, contract, grant);
      const node = addConsumer(manifest, name);
      const id = `${name}-${grant}`;
      const envPrefix = id.toUpperCase().replaceAll('-', '_');
      const more = { grants: [grant], ...(manifest.workload ? { envPrefix } : {}) };
      const connection = join(id, { node: joined, port: maker.port }, { node, port }, more);
      const way = networkPort(manifest);
      if (way && networkPort(maker.module)) addSupport(nameOf(way[1].contract), node, way[0]);
      return { contract, grant, consumer: { node, manifest }, port: input, connection, joined, other };
    },
    graph: (): Graph => ({
      schemaVersion: 1,
      nodes: [...nodes.values()].sort((a, b) => compareText(a.id, b.id)),
      connections: connections.toSorted((a, b) => compareText(a.id, b.id)),
    }),
  };
}

/** Something inside of a network is reached from inside of it. */
const networkPort = ({ inputs }: ModuleManifest) =>
  Object.entries(inputs).find(([, { contract }]) => nameOf(contract) === 'aws-network');

const nameOf = (reference: string) => reference.split('@')[0] ?? reference;

const needs = ({ inputs }: ModuleManifest) =>
  Object.values(inputs).filter(({ cardinality }) => cardinality === 'one').length;

function producerOf(catalog: Catalog, contract: string): { module: ModuleManifest; port: string } {
  const found = catalog.modules
    .flatMap((module) =>
      Object.entries(module.outputs)
        .filter(([, output]) => nameOf(output.contract) === contract)
        .map(([port]) => ({ module, port })),
    )
    .sort((a, b) => needs(a.module) - needs(b.module))[0];
  if (!found) throw new Error(`No module makes ${contract}.`);
  return found;
}

/** The module that asks for least beside the line, on a port where the grant can stand alone. */
function consumerOf(catalog: Catalog, contract: ContractDocument, grant: string) {
  const found = catalog.modules
    .flatMap((manifest) =>
      Object.entries(manifest.inputs)
        .filter(([, input]) => nameOf(input.contract) === contractName(contract))
        .filter(([, input]) => offeredGrants(manifest, input, contract).includes(grant))
        .filter(([, input]) => (input.grants?.required ?? []).every((required) => required === grant))
        .map(([port, input]) => ({ manifest, port, input })),
    )
    .sort((a, b) => needs(a.manifest) - needs(b.manifest))[0];
  if (!found) throw new Error(`No module takes ${contractName(contract)} with ${grant} alone.`);
  return found;
}
