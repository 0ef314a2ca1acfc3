// The environment variables that connections give to a workload, secrets apart.
import { fillTemplate, resolveEnvVariables, templateFields } from '../../schemas/rules/resolve-env-variables.ts';
import type { Binding } from './binding.ts';
import type { ModuleScope } from './scope.ts';

export interface PlainVariable {
  name: string;
  value: string;
}

/** A variable whose value is in a secret: `key` is the key inside the secret's JSON, if it has one. */
export interface SecretVariable {
  name: string;
  arn: string;
  key?: string;
  /** What ECS wants in `secrets[].valueFrom`. */
  valueFrom: string;
}

/** @throws when two connections give the same variable */
export function workloadVariables(scope: ModuleScope<unknown>): {
  variables: PlainVariable[];
  secrets: SecretVariable[];
} {
  const variables: PlainVariable[] = [];
  const secrets: SecretVariable[] = [];
  const givenBy = new Map<string, string>();
  for (const binding of scope.connections) {
    for (const { name, template, secret } of resolveEnvVariables(binding.contract, binding.connection)) {
      if (template !== undefined && !templateFields(template).every((field) => binding.has(field))) continue;
      claim(givenBy, name, binding.connection.id);
      if (secret) secrets.push(secretVariable(binding, name, secret.field, secret.key));
      else variables.push({ name, value: fillTemplate(template ?? '', (field) => binding.text(field)) });
    }
  }
  return { variables: variables.sort(byName), secrets: secrets.sort(byName) };
}

function secretVariable(binding: Binding, name: string, field: string, key: string | undefined): SecretVariable {
  const arn = binding.string(`${field}.arn`);
  return { name, arn, key, valueFrom: key === undefined ? arn : `${arn}:${key}::` };
}

function claim(givenBy: Map<string, string>, name: string, connection: string): void {
  const other = givenBy.get(name);
  if (other !== undefined) {
    throw new Error(
      `Connections ${other} and ${connection} both give the variable ${name}. Set another prefix on one of them.`,
    );
  }
  givenBy.set(name, connection);
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
