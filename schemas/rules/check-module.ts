// What a module's manifest must keep before it may be published.
import type { ValidateFunction } from 'ajv';
import type { ContractDocument, InputPort, ModuleManifest } from '../generated/types.ts';
import { type Catalog, contractName, contractVersion } from './catalog.ts';
import type { Problem } from './issues.ts';
import { jsonPointer } from './json-pointer.ts';
import { mergeParams } from './resolve-params.ts';
import { describeSchemaErrors } from './schema-error.ts';
import { acceptSealed } from './secret-params.ts';
import { createAjv } from './validation/ajv.ts';
import { validateDocument } from './validation/document-validator.ts';

const PORT_NAME = /^[a-zA-Z][a-zA-Z0-9]{0,39}$/;

/** Every flaw of a manifest; empty for one that may be published. Params that have no default may stay open in a preset. */
export function checkModule(document: unknown, catalog: Pick<Catalog, 'findContract' | 'contracts'>): Problem[] {
  const shape = describeSchemaErrors(validateDocument('module', document), document);
  if (shape.length > 0)
    return shape.map(({ path, message, expected }) => ({ path, message: `${message} Expected ${expected}.` }));
  const manifest = document as ModuleManifest;
  return [
    ...checkParams(manifest),
    ...checkSecrets(manifest.params, '/params'),
    ...checkPortNames(manifest),
    ...checkOutputs(manifest, catalog),
    ...Object.entries(manifest.inputs).flatMap(([name, port]) => checkInput(manifest, name, port, catalog)),
  ];
}

function checkParams(manifest: ModuleManifest): Problem[] {
  const { params } = manifest;
  if (params.type !== 'object') return [{ path: '/params/type', message: 'must be "object".' }];
  try {
    const validate = createAjv().compile(acceptSealed(params) as object);
    const judge = (path: string, preset?: string) => {
      const resolved = mergeParams(manifest, { preset });
      if (validate(resolved)) return [];
      const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'required');
      return describeSchemaErrors(errors, resolved).map((found) => ({
        path: path + found.path,
        message: `${found.message} Expected ${found.expected}, got ${found.got}.`,
      }));
    };
    const presets = Object.keys(manifest.presets).flatMap((name) =>
      judge(jsonPointer('presets', name, 'params'), name),
    );
    return [...checkClosed(validate), ...judge('/params'), ...presets];
  } catch (error) {
    return [{ path: '/params', message: error instanceof Error ? error.message : String(error) }];
  }
}

/** Where `secretParamPaths` does not look, so that a secret there would be stored in clear. */
const UNSEEN = new Set([
  'patternProperties',
  'prefixItems',
  'contains',
  'unevaluatedProperties',
  'unevaluatedItems',
  'dependentSchemas',
  'not',
]);

function checkSecrets(schema: unknown, path: string, unseen = false): Problem[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const secret = 'secret' in schema && schema.secret === true;
  const problems: Problem[] = [];
  if (secret && unseen) problems.push({ path, message: 'is secret in a place where secrets are not looked for.' });
  if (secret && (!('type' in schema) || schema.type !== 'string')) {
    problems.push({ path, message: 'is secret, so it must be a string.' });
  }
  const members = Object.entries(schema).flatMap(([key, member]) =>
    checkSecrets(member, path + jsonPointer(key), unseen || UNSEEN.has(key)),
  );
  return [...problems, ...members];
}

/** A misspelt param must be refused and not ignored. */
function checkClosed(validate: ValidateFunction): Problem[] {
  const stray = 'strayParamThatNoModuleHas';
  validate({ [stray]: true });
  if ((validate.errors ?? []).some(({ params }) => Object.values(params).includes(stray))) return [];
  const message = 'takes unknown params: close it with additionalProperties, unevaluatedProperties or propertyNames.';
  return [{ path: '/params', message }];
}

function checkPortNames({ inputs, outputs }: ModuleManifest): Problem[] {
  const problems: Problem[] = [];
  for (const [list, ports] of Object.entries({ inputs, outputs })) {
    for (const name of Object.keys(ports)) {
      if (!PORT_NAME.test(name))
        problems.push({ path: jsonPointer(list, name), message: 'must be a camelCase name of at most 40 characters.' });
    }
  }
  for (const name of Object.keys(outputs)) {
    if (Object.hasOwn(inputs, name))
      problems.push({ path: jsonPointer('outputs', name), message: 'is the name of an input too.' });
  }
  return problems;
}

function checkOutputs({ outputs }: ModuleManifest, { contracts }: Pick<Catalog, 'contracts'>): Problem[] {
  const published = new Set(contracts.map((contract) => `${contractName(contract)}@${contractVersion(contract)}`));
  return Object.entries(outputs)
    .filter(([, port]) => !published.has(port.contract))
    .map(([name, port]) => ({
      path: jsonPointer('outputs', name, 'contract'),
      message: `${port.contract} is no published contract.`,
    }));
}

function checkInput(
  manifest: ModuleManifest,
  name: string,
  port: InputPort,
  catalog: Pick<Catalog, 'findContract'>,
): Problem[] {
  const at = (member: string, message: string) => ({ path: jsonPointer('inputs', name, member), message });
  const contract = catalog.findContract(port.contract);
  if (!contract) return [at('contract', `${port.contract} takes no published contract.`)];
  const problems = grantProblems(manifest, port, contract).map((message) => at('grants', message));
  if (!port.resourcePolicy) return problems;
  if (!Object.hasOwn(manifest.outputs, port.resourcePolicy.output)) {
    problems.push(at('resourcePolicy', `${port.resourcePolicy.output} is no output of the module.`));
  }
  for (const grant of port.grants?.offered ?? []) {
    if (contract.grants[grant] && !contract.grants[grant].service) {
      problems.push(at('resourcePolicy', `the grant ${grant} names no service that could be let in.`));
    }
  }
  return problems;
}

function grantProblems(manifest: ModuleManifest, port: InputPort, contract: ContractDocument): string[] {
  const { required = [], offered, default: initial } = port.grants ?? {};
  const problems: string[] = [];
  for (const grant of new Set([...required, ...(offered ?? []), ...(initial ?? [])])) {
    if (!Object.hasOwn(contract.grants, grant)) problems.push(`${grant} is no grant of ${port.contract}.`);
  }
  for (const grant of [...required, ...(initial ?? [])]) {
    if (offered && !offered.includes(grant)) problems.push(`${grant} is required or default, but not offered.`);
  }
  for (const grant of required) {
    if (initial && !initial.includes(grant)) problems.push(`${grant} is required, but not among the defaults.`);
  }
  const usable = manifest.workload === true || port.resourcePolicy !== undefined;
  if (!usable && (required.length > 0 || (offered?.length ?? 0) > 0)) {
    problems.push('offers grants, but the module is no workload and the port has no resourcePolicy.');
  }
  return problems;
}
