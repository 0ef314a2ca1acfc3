// The values of a root's variables: what stands in its tfvars file, and what travels through the environment only. Pure.
import { createHash } from 'node:crypto';
import { type PortValue, readPath } from './inputs.ts';

/** A variable of a compiled root (shape of server/synth). */
export interface RootVariable {
  name: string;
  /** Connection that it arrives by; '' for a secret param. */
  connection: string;
  field: string;
  type: string;
  sensitive: boolean;
}

/** A secret param's value with what identifies it. */
export interface SecretParam {
  id: string;
  value: string;
}

export interface VariableValues {
  /** For terraform.tfvars.json: nothing secret. */
  tfvars: Record<string, unknown>;
  /** TF_VAR_*: the sensitive ones. */
  env: Record<string, string>;
  /** Exact texts that no log may show. */
  secrets: string[];
  /** sha256 over all values; a secret counts by its version, so that no digest of its text is kept. */
  digest: string;
}

/**
 * Resolves every variable of a root.
 *
 * @param ports what each connection carries, by connection id.
 * @param secretParam looks a secret param up by its path.
 */
export function resolveValues(
  variables: readonly RootVariable[],
  ports: ReadonlyMap<string, PortValue>,
  secretParam: (field: string) => SecretParam | undefined,
): VariableValues {
  const values: VariableValues = { tfvars: {}, env: {}, secrets: [], digest: '' };
  const facts: [string, unknown][] = [];
  for (const variable of [...variables].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { value, version } = lookUp(variable, ports, secretParam);
    if (!variable.sensitive) {
      values.tfvars[variable.name] = value ?? null;
      facts.push([variable.name, value ?? null]);
      continue;
    }
    facts.push([variable.name, version]);
    if (value === undefined) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    values.env[`TF_VAR_${variable.name}`] = text;
    if (text.length > 0) values.secrets.push(text);
  }
  values.digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  return values;
}

function lookUp(
  variable: RootVariable,
  ports: ReadonlyMap<string, PortValue>,
  secretParam: (field: string) => SecretParam | undefined,
): { value: unknown; version: string } {
  if (variable.connection === '') {
    const secret = secretParam(variable.field);
    return { value: secret?.value, version: secret?.id ?? '' };
  }
  const port = ports.get(variable.connection);
  return { value: readPath(port?.value, variable.field), version: port?.version ?? '' };
}
