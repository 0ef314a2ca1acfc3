import type { Connection } from '../../../schemas/generated/types.ts';
import type { Catalog } from '../../../schemas/rules/catalog.ts';
import { RESERVED_VARIABLE } from '../../../schemas/rules/check-workloads.ts';
import type { DocumentContent } from '../../../schemas/rules/content.ts';
import { resolveEnvVariables } from '../../../schemas/rules/resolve-env-variables.ts';

const PREFIX = /^[A-Z][A-Z0-9_]{0,59}$/;

/** Names of the variables that a line gives, as it would with this prefix. */
export function variablesOf(
  catalog: Catalog,
  content: Pick<DocumentContent, 'nodes'>,
  line: Connection,
  envPrefix = line.envPrefix,
): string[] {
  const from = content.nodes[line.from.node];
  const output = from && catalog.findModule(from.module, from.version)?.outputs[line.from.port];
  const contract = output && catalog.findContract(output.contract);
  return contract ? resolveEnvVariables(contract, { ...line, envPrefix }).map(({ name }) => name) : [];
}

/** Why a line cannot take this prefix; undefined when it can. */
export function prefixProblem(
  catalog: Catalog,
  content: Pick<DocumentContent, 'nodes' | 'connections'>,
  line: Connection,
  prefix: string,
): string | undefined {
  if (!PREFIX.test(prefix)) return 'Capital letters, digits and _, beginning with a letter.';
  const wanted = variablesOf(catalog, content, line, prefix);
  const reserved = wanted.find((name) => RESERVED_VARIABLE.test(name));
  if (reserved) return `The runtime keeps ${reserved} for itself.`;
  for (const other of Object.values(content.connections)) {
    if (other.id === line.id || other.to.node !== line.to.node) continue;
    const taken = variablesOf(catalog, content, other).find((name) => wanted.includes(name));
    if (taken) return `${taken} comes from ${content.nodes[other.from.node]?.name ?? other.from.node} already.`;
  }
  return undefined;
}
