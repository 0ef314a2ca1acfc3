// Output ports: exactly the fields of the port's contract, secret ones apart.
import type { ContractDocument, ModuleManifest } from '../../schemas/generated/types.ts';
import type { RootBuilder } from './root-builder.ts';

/** What a stack returns: for each output port of the manifest, the fields of its contract. `undefined` leaves an optional field out. */
export type ModuleOutputs = Record<string, Record<string, unknown>>;

/**
 * Writes `output "<port>"` and, where the contract has secret fields, the sensitive `output "<port>__secret"`.
 * @throws when a port or a required field is missing, or there is one too many.
 */
export function writeOutputs(
  builder: RootBuilder,
  manifest: ModuleManifest,
  outputs: ModuleOutputs,
  findContract: (ref: string) => ContractDocument | undefined,
): void {
  const surplus = Object.keys(outputs).filter((port) => !Object.hasOwn(manifest.outputs, port));
  if (surplus.length > 0)
    throw new Error(`Module ${manifest.id} returns ${surplus.join(', ')}, but has no such output.`);
  for (const [port, { contract: ref }] of Object.entries(manifest.outputs)) {
    const contract = findContract(ref);
    if (!contract)
      throw new Error(`Output ${port} of ${manifest.id} names the contract ${ref}, which is not registered.`);
    const value = outputs[port];
    if (!value) throw new Error(`Module ${manifest.id} returns nothing for its output ${port}.`);
    writePort(builder, `${manifest.id}.${port}`, port, contract, value);
  }
}

function writePort(
  builder: RootBuilder,
  label: string,
  port: string,
  contract: ContractDocument,
  value: Record<string, unknown>,
): void {
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const surplus = fields.filter(([name]) => !Object.hasOwn(contract.properties, name)).map(([name]) => name);
  const missing = contract.required.filter((name) => value[name] === undefined);
  if (surplus.length + missing.length > 0) {
    const got = [
      missing.length ? `lacks ${missing.join(', ')}` : '',
      surplus.length ? `has ${surplus.join(', ')} too many` : '',
    ];
    throw new Error(
      `Output ${label} ${got.filter(Boolean).join(' and ')}: it must have the fields of ${contract.$id}.`,
    );
  }
  const secret = fields.filter(([name]) => contract.properties[name]?.secret === true);
  const open = fields.filter(([name]) => contract.properties[name]?.secret !== true);
  builder.output(port, Object.fromEntries(open), false);
  if (secret.length > 0) builder.output(`${port}__secret`, Object.fromEntries(secret), true);
}
