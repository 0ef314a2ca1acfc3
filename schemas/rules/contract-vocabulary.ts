// What our vocabulary asks of a contract, beyond its JSON Schema.
import type { ContractDocument, ContractField, GrantStatement } from '../generated/types.ts';
import type { Problem } from './issues.ts';
import { jsonPointer } from './json-pointer.ts';
import { describeSchemaErrors } from './schema-error.ts';
import { templateFields } from './template.ts';
import { createAjv } from './validation/ajv.ts';
import { validateDocument } from './validation/document-validator.ts';

export { checkModule } from './check-module.ts';

/** Every flaw of a contract: its shape, its fields, its examples, and what its templates refer to. Empty for one that may be published. */
export function checkContract(document: unknown): Problem[] {
  const shape = describeSchemaErrors(validateDocument('contract', document), document);
  if (shape.length > 0)
    return shape.map(({ path, message, expected }) => ({ path, message: `${message} Expected ${expected}.` }));
  const contract = document as ContractDocument;
  return [
    ...checkFields(contract),
    ...checkExamples(contract),
    ...checkGrants(contract),
    ...checkNetwork(contract),
    ...checkEnv(contract),
  ];
}

function checkFields(contract: ContractDocument): Problem[] {
  const fields = Object.entries(contract.properties).flatMap(([name, field]) =>
    fieldProblems(field).map((message) => ({ path: jsonPointer('properties', name), message: `${name} ${message}.` })),
  );
  const unknown = contract.required.filter((name) => !Object.hasOwn(contract.properties, name));
  return [
    ...fields,
    ...unknown.map((name) => ({ path: '/required', message: `requires ${name}, which is no field.` })),
  ];
}

function fieldProblems(field: ContractField): string[] {
  const problems: string[] = [];
  const reference = field.secretReference === true;
  if (field.secret && !field.secretReason) problems.push('is secret and must say why in secretReason');
  if (field.secretReason && !field.secret) problems.push('says why it is secret, but is not');
  if (field.secret && reference) problems.push('is either a secret or a reference to one, not both');
  if (field.type === 'array' && field.items?.type !== 'string') problems.push('must be a list of strings');
  if (field.type === 'object' && !reference)
    problems.push('may be an object only as a reference to a secret (secretReference)');
  if (reference && (field.type !== 'object' || !hasStringArn(field))) {
    problems.push('is a reference to a secret, so it must be an object with a string "arn"');
  }
  return problems;
}

function hasStringArn(field: ContractField): boolean {
  const arn = field.properties?.arn;
  return typeof arn === 'object' && arn !== null && 'type' in arn && arn.type === 'string';
}

function checkExamples(contract: ContractDocument): Problem[] {
  try {
    const validate = createAjv().compile(contract);
    return contract.examples.flatMap((example, index) => {
      if (validate(example)) return [];
      return describeSchemaErrors(validate.errors ?? [], example).map(({ path, message, expected }) => ({
        path: jsonPointer('examples', index) + path,
        message: `${message} Expected ${expected}.`,
      }));
    });
  } catch (error) {
    return [{ path: '', message: error instanceof Error ? error.message : String(error) }];
  }
}

function checkGrants(contract: ContractDocument): Problem[] {
  const rankOf = new Map<number, string>();
  return Object.entries(contract.grants).flatMap(([name, grant]) => {
    const path = jsonPointer('grants', name);
    const twin = rankOf.get(grant.rank);
    rankOf.set(grant.rank, name);
    const rank =
      twin === undefined
        ? []
        : [{ path: `${path}/rank`, message: `${name} and ${twin} have the same rank, so neither is the lesser.` }];
    const statements = grant.statements.flatMap((statement, index) =>
      statementProblems(contract, statement, `${path}/statements/${index}`),
    );
    return [...rank, ...statements];
  });
}

function statementProblems(contract: ContractDocument, statement: GrantStatement, path: string): Problem[] {
  const wide = statement.resources.filter((resource) => templateFields(resource).length === 0);
  const conditions = Object.values(statement.conditions ?? {}).flatMap((keys) => Object.values(keys).flat());
  const problems = [...statement.resources, ...conditions].flatMap((text) => templateProblems(contract, text, path));
  if (wide.length > 0 && !statement.wildcardReason) {
    const message = `${wide.join(', ')} names no field, so it reaches beyond the producer: say why in wildcardReason.`;
    problems.push({ path: `${path}/resources`, message });
  }
  if (wide.length === 0 && statement.wildcardReason) {
    problems.push({ path: `${path}/wildcardReason`, message: 'gives a reason for a wildcard that is not there.' });
  }
  return problems;
}

function checkNetwork(contract: ContractDocument): Problem[] {
  return (contract.network ?? []).flatMap((rule, index) =>
    [rule.port, rule.securityGroup].flatMap((text) => templateProblems(contract, text, `/network/${index}`)),
  );
}

function checkEnv(contract: ContractDocument): Problem[] {
  return Object.entries(contract.env).flatMap(([name, variable]) => {
    const path = jsonPointer('env', name);
    const problems = variable.value === undefined ? [] : templateProblems(contract, variable.value, path);
    if (variable.secret !== undefined && fieldOf(contract, variable.secret)?.secretReference !== true) {
      problems.push({
        path,
        message: `${name} takes a secret from ${variable.secret}, which is no secretReference field.`,
      });
    }
    for (const grant of variable.grants ?? []) {
      if (!Object.hasOwn(contract.grants, grant))
        problems.push({ path, message: `${name} comes with ${grant}, which is no grant.` });
    }
    return problems;
  });
}

function templateProblems(contract: ContractDocument, template: string, path: string): Problem[] {
  return templateFields(template).flatMap((fieldPath) => {
    const problem = referenceProblem(contract, fieldPath);
    return problem ? [{ path, message: `"${template}" refers to ${fieldPath}, ${problem}.` }] : [];
  });
}

function referenceProblem(contract: ContractDocument, fieldPath: string): string | undefined {
  const [name = '', part, ...deeper] = fieldPath.split('.');
  const field = fieldOf(contract, name);
  if (!field) return 'which is no field';
  if (field.secret) return 'which is secret: its value would be in clear';
  if (field.type === 'array') return 'which is a list and no text';
  if (field.type !== 'object') return part === undefined ? undefined : 'which has no parts';
  const known = part !== undefined && deeper.length === 0 && Object.hasOwn(field.properties ?? {}, part);
  return known ? undefined : 'which is no part of the reference';
}

function fieldOf(contract: ContractDocument, name: string): ContractField | undefined {
  return Object.hasOwn(contract.properties, name) ? contract.properties[name] : undefined;
}
