// The variables that a line gives to a workload.
import type { Connection, ContractDocument } from '../generated/types.ts';
import { compareText } from './compare.ts';

export { fillTemplate, templateFields } from './template.ts';

/** A variable of a workload: filled from a template over the artifact's fields, or a reference to a secret. */
export interface ResolvedVariable {
  name: string;
  template?: string;
  secret?: { field: string; key?: string };
}

/**
 * The variables of one line, sorted by name. Variables that a contract ties to grants appear where the line carries one of them.
 * A line without a prefix takes the producer's id, which never changes: `orders-queue` gives `ORDERS_QUEUE_URL`.
 */
export function resolveEnvVariables(
  contract: ContractDocument,
  connection: Pick<Connection, 'envPrefix' | 'grants' | 'from'>,
): ResolvedVariable[] {
  const prefix = connection.envPrefix ?? envPrefixOf(connection.from.node);
  return Object.entries(contract.env)
    .filter(([, { grants }]) => grants === undefined || grants.some((grant) => connection.grants.includes(grant)))
    .map(([key, variable]) => {
      const name = `${prefix}_${key}`;
      if (variable.secret === undefined) return { name, template: variable.value ?? '' };
      const secret = { field: variable.secret, ...(variable.key === undefined ? {} : { key: variable.key }) };
      return { name, secret };
    })
    .sort((left, right) => compareText(left.name, right.name));
}

/** `ORDERS_QUEUE` of `Orders queue` or `orders-queue`; empty where no letter is left. */
export function envPrefixOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[^A-Z]+|_+$/g, '')
    .slice(0, 50)
    .replace(/_+$/, '');
}
