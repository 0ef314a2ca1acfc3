// Which grants a line to a port may, must and should carry.
import type { ContractDocument, InputPort, ModuleManifest } from '../generated/types.ts';
import { compareText } from './compare.ts';

/**
 * The grants that make sense on a port: the ones that it offers, else all of the contract's where the consumer has an identity to
 * attach them to, else those that a service of the producer acts on (a resource policy).
 */
export function offeredGrants(
  manifest: ModuleManifest,
  port: InputPort,
  contract: ContractDocument,
): readonly string[] {
  let byContract = offers.get(port);
  if (!byContract) offers.set(port, (byContract = new WeakMap()));
  let offered = byContract.get(contract);
  if (!offered) byContract.set(contract, (offered = findOffered(manifest, port, contract)));
  return offered;
}

// A port is one object of one manifest, so that its offer never changes; every line to it asks.
const offers = new WeakMap<InputPort, WeakMap<ContractDocument, readonly string[]>>();

function findOffered(manifest: ModuleManifest, port: InputPort, contract: ContractDocument): string[] {
  const grants = Object.entries(contract.grants).sort(
    ([leftName, left], [rightName, right]) => left.rank - right.rank || compareText(leftName, rightName),
  );
  const fits = ([name, grant]: (typeof grants)[number]) => {
    if (port.grants?.offered) return port.grants.offered.includes(name);
    return manifest.workload === true || (port.resourcePolicy !== undefined && grant.service !== undefined);
  };
  return grants.filter(fits).map(([name]) => name);
}

/** The grants of a new line: the port's default, else what it requires, else the least that it offers. */
export function defaultGrants(manifest: ModuleManifest, port: InputPort, contract: ContractDocument): string[] {
  if (port.grants?.default) return [...port.grants.default].sort(compareText);
  if (port.grants?.required?.length) return [...port.grants.required].sort(compareText);
  return offeredGrants(manifest, port, contract).slice(0, 1);
}
