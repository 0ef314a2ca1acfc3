import type {
  ContractDocument,
  GraphNode,
  ModuleDetail,
  ModuleManifest,
  PortRef,
} from '../../../schemas/generated/types.ts';
import { defaultGrants } from '../../../schemas/rules/port-grants.ts';
import { judgeEnds, otherSide, portKey, portsOf, portsThatTake } from '../../actions/connect.ts';
import type { ConnectMenu, LineEnd } from '../../stores/session.ts';
import type { Workspace } from '../../stores/workspace.ts';

/** One thing that the other end of a line may be: a port of a box, or a module to add. */
export interface Offer {
  key: string;
  end: LineEnd;
  other: { kind: 'port'; at: PortRef } | { kind: 'module'; module: ModuleDetail; port: string };
  /** Box or module, and its port. */
  title: string;
  port: string;
  summary: string | undefined;
  /** The own port, where the menu speaks of several. */
  own: string | undefined;
  grants: readonly string[];
  module: ModuleDetail | undefined;
  family: string;
}

const portOf = (manifest: ModuleManifest | undefined, side: LineEnd['side'], port: string) =>
  (side === 'source' ? manifest?.outputs : manifest?.inputs)?.[port];

/** What a menu offers: ports of boxes first, then modules, in the order of boxes and of the palette. */
export function offersOf(workspace: Workspace, menu: ConnectMenu): Offer[] {
  const boxes = menu.ends.flatMap((end) => portOffers(workspace, menu, end));
  return menu.hasModules ? [...boxes, ...menu.ends.flatMap((end) => moduleOffers(workspace, menu, end))] : boxes;
}

function describeEnd({ library, document }: Workspace, menu: ConnectMenu, end: LineEnd) {
  const node = document.content().nodes[end.port.node];
  const manifest = node && library.catalog.findModule(node.module, node.version);
  const port = portOf(manifest, end.side, end.port.port);
  const contract = port && library.catalog.findContract(port.contract);
  return { manifest, contract, own: menu.ends.length > 1 ? port?.title : undefined };
}

function portOffers(workspace: Workspace, menu: ConnectMenu, end: LineEnd): Offer[] {
  const { library } = workspace;
  const { fits } = judgeEnds(workspace, end, menu.line);
  const { nodes } = workspace.document.content();
  const { contract, own, manifest } = describeEnd(workspace, menu, end);
  const among = menu.nodes ? menu.nodes.flatMap((id) => nodes[id] ?? []) : Object.values(nodes);
  const side = otherSide(end.side);
  const offerOf = (node: GraphNode, port: string): Offer => {
    const other = library.catalog.findModule(node.module, node.version);
    const described = portOf(other, side, port);
    return {
      key: `${portKey(end.port)}>${portKey({ node: node.id, port })}`,
      end,
      other: { kind: 'port', at: { node: node.id, port } },
      title: node.name,
      port: described?.title ?? port,
      summary: described?.summary,
      own,
      grants: grantsOf(
        contract,
        end.side === 'source' ? other : manifest,
        end.side === 'source' ? port : end.port.port,
      ),
      module: library.module(node.module),
      family: contract?.family ?? 'identity',
    };
  };
  return among.flatMap((node) =>
    portsOf(library, node, side)
      .filter((port) => fits.has(portKey({ node: node.id, port })))
      .map((port) => offerOf(node, port)),
  );
}

function moduleOffers(workspace: Workspace, menu: ConnectMenu, end: LineEnd): Offer[] {
  if (isTaken(workspace, menu, end)) return [];
  const { contract, own, manifest } = describeEnd(workspace, menu, end);
  return workspace.library.modules.flatMap((module) =>
    portsThatTake(workspace, end, module).map((port): Offer => {
      const described = portOf(module.manifest, otherSide(end.side), port);
      const [taker, input] = end.side === 'source' ? [module.manifest, port] : [manifest, end.port.port];
      return {
        key: `${portKey(end.port)}>+${module.manifest.id}/${port}`,
        end,
        other: { kind: 'module', module, port },
        title: module.manifest.title,
        port: described?.title ?? port,
        summary: described?.summary ?? module.manifest.summary,
        own,
        grants: grantsOf(contract, taker, input),
        module,
        family: contract?.family ?? 'identity',
      };
    }),
  );
}

/** An input that takes one line and has it: no module could be added before it. */
function isTaken(workspace: Workspace, menu: ConnectMenu, end: LineEnd): boolean {
  const { manifest } = describeEnd(workspace, menu, end);
  if (end.side === 'source' || manifest?.inputs[end.port.port]?.cardinality === 'many') return false;
  const { connections } = workspace.document.content();
  return Object.values(connections).some(
    ({ id, to }) => id !== menu.line && to.node === end.port.node && to.port === end.port.port,
  );
}

function grantsOf(contract: ContractDocument | undefined, taker: ModuleManifest | undefined, input: string): string[] {
  const port = taker?.inputs[input];
  if (!contract || !taker || !port) return [];
  const rank = (grant: string) => contract.grants[grant]?.rank ?? 99;
  return defaultGrants(taker, port, contract).sort((a, b) => rank(a) - rank(b));
}

/** Offers whose words begin or hold every word of the search. */
export function matching(offers: readonly Offer[], search: string): Offer[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return offers.filter(({ title, port, summary, own, module }) => {
    const text = `${title} ${port} ${summary ?? ''} ${own ?? ''} ${module?.manifest.id ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
