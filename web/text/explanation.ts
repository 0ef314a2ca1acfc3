import type { ContractDocument, ModuleManifest } from '../../schemas/generated/types.ts';
import { contractName, contractVersion } from '../../schemas/rules/catalog.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import { allowedValues, type ParamSchema } from './params-schema.ts';

/** What a hover or the side of a completion says. */
export interface Explanation {
  title: string;
  /** What kind of thing it is, in quiet type. */
  kind?: string;
  lines: readonly string[];
  /** Names and values: default, unit, range. */
  facts?: readonly (readonly [name: string, value: string])[];
  /** What to be careful about. */
  warning?: string;
}

const RISKS: Record<string, string> = {
  replaces: 'A change replaces the box.',
  'holds data': 'Data is concerned.',
  'opens to the internet': 'Can open it to the internet.',
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const show = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** @param effective what the box has where its text says nothing: the preset's value, else the default. */
export function explainParam(name: string, schema: ParamSchema, effective: unknown, isApplied: boolean): Explanation {
  const { title, description, unit, risk, minimum, maximum, cost } = schema;
  const range = [minimum, maximum].some((each) => each !== undefined)
    ? `${show(minimum ?? 'any')} to ${show(maximum ?? 'any')}`
    : '';
  const values = allowedValues(schema);
  const facts: [string, string][] = [];
  if (effective !== undefined) facts.push(['Without it', show(effective)]);
  if (isText(unit)) facts.push(['Unit', unit]);
  if (range !== '') facts.push(['Range', range]);
  if (values.length > 0 && schema.type !== 'boolean') facts.push(['One of', values.map(show).join(', ')]);
  const fixed =
    schema.immutable === true && (isApplied ? 'Applied: it is made anew if this changes.' : 'Fixed once applied.');
  const warnings = [
    isText(risk) && (RISKS[risk] ?? risk),
    fixed,
    schema.secret === true && 'Secret: it is sealed when the graph is saved.',
  ];
  return {
    title: isText(title) ? title : name,
    kind: `param ${name}`,
    lines: [description, isText(cost) && `${cost}.`].filter(isText),
    facts,
    warning: warnings.filter(isText).join(' ') || undefined,
  };
}

export function explainModule({ id, version, title, summary, inputs, outputs }: ModuleManifest): Explanation {
  const names = (ports: object) => Object.keys(ports).join(', ') || 'nothing';
  return {
    title,
    kind: `module ${id} ${version}`,
    lines: [summary],
    facts: [
      ['Takes', names(inputs)],
      ['Gives', names(outputs)],
    ],
  };
}

export function explainPreset(name: string, preset: ModuleManifest['presets'][string]): Explanation {
  const facts = Object.entries(preset.params).map(([key, value]) => [key, show(value)] as const);
  return { title: preset.title, kind: `preset ${name}`, lines: [preset.summary], facts };
}

export function explainGrant(name: string, contract: ContractDocument): Explanation | undefined {
  const grant = contract.grants[name];
  if (!grant) return undefined;
  const actions = grant.statements.flatMap((statement) => statement.actions);
  return {
    title: grant.title,
    kind: `grant of ${contract.title}`,
    lines: actions.length > 0 ? [`Permits ${actions.join(', ')}.`] : [],
    warning: grant.risk,
  };
}

export function explainPort(
  port: { title: string; summary?: string; contract: string; cardinality?: string },
  contract: ContractDocument | undefined,
): Explanation {
  const counts: Record<string, string> = {
    one: 'exactly one line',
    optional: 'at most one line',
    many: 'any number of lines',
  };
  const facts: [string, string][] = [];
  if (contract) facts.push(['Contract', `${contract.title}, ${contractName(contract)} ${contractVersion(contract)}`]);
  if (port.cardinality) facts.push(['Takes', counts[port.cardinality] ?? port.cardinality]);
  return {
    title: port.title,
    kind: `port, ${port.contract}`,
    lines: [port.summary, contract?.summary].filter(isText),
    facts,
  };
}

/** What graph.json says of a key. */
export function explainKey(name: string, schema: unknown): Explanation | undefined {
  if (!isRecord(schema) || !isText(schema.description)) return undefined;
  return { title: name, lines: [schema.description] };
}
