// The fields of an artifact that its environment decides, so that they are known before anything is applied.
import type { ContractDocument, EnvironmentDocument } from '../generated/types.ts';

/** The AWS partition of a region. */
export function partitionOf(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Values of the static fields of a contract that say where something is: region, account, partition. */
export function environmentFields(
  contract: ContractDocument,
  { region, account }: EnvironmentDocument['target'],
): Record<string, string> {
  const place = { region, account, partition: partitionOf(region) };
  return Object.fromEntries(
    Object.entries(place).filter(
      ([name]) => Object.hasOwn(contract.properties, name) && contract.properties[name]?.known === 'static',
    ),
  );
}
