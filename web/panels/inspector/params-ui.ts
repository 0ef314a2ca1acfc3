import type { UiSchema } from '@rjsf/utils';
import type { ModuleManifest } from '../../../schemas/generated/types.ts';
import { isRecord } from '../../../schemas/rules/merge-patch.ts';

type Properties = Record<string, Record<string, unknown>>;

/** Params of the top level that may appear in the form, from the schema and its conditional branches. */
function propertiesOf(schema: unknown): Properties {
  if (!isRecord(schema)) return {};
  const own = isRecord(schema.properties) ? (schema.properties as Properties) : {};
  const branches = [schema.then, schema.else, ...(Array.isArray(schema.allOf) ? schema.allOf : [])];
  return Object.assign({}, ...branches.map(propertiesOf), own);
}

const RISK_WORDS: Record<string, string> = {
  replaces: 'A change replaces it.',
  'holds data': 'Data is concerned.',
  'opens to the internet': 'Can open it to the internet.',
};

/** The module's form hints, with units, risks, locks and secrets from its schema's annotations. */
export function paramsUi(manifest: ModuleManifest, isApplied: boolean): UiSchema {
  const hints = manifest.ui ?? {};
  const ui: UiSchema = { ...hints, 'ui:submitButtonOptions': { norender: true } };
  for (const [name, property] of Object.entries(propertiesOf(manifest.params))) {
    const given = isRecord(hints[name]) ? hints[name] : {};
    const own: Record<string, unknown> = { ...given };
    const isLocked = property.immutable === true && isApplied;
    const risk = typeof property.risk === 'string' ? RISK_WORDS[property.risk] : undefined;
    const notes = [property.description, risk, isLocked && 'Applied: AWS makes it anew if this changes.'];
    own['ui:description'] = notes.filter((note) => typeof note === 'string').join(' ');
    const title = String(property.title ?? name);
    if (typeof property.unit === 'string' && !title.split(/[\s()]+/).includes(property.unit))
      own['ui:title'] = `${title} (${property.unit})`;
    if (property.secret === true) own['ui:widget'] = 'password';
    if (property.secret === true) own['ui:placeholder'] = 'Type a value';
    ui[name] = own;
  }
  return ui;
}

const isSealed = (value: unknown) => isRecord(value) && '$secret' in value;

/** What the form shows: a sealed secret is not a string that could be edited, so it stays out. */
export function toFormData(params: Record<string, unknown>): { data: Record<string, unknown>; sealed: string[] } {
  const sealed = Object.keys(params).filter((name) => isSealed(params[name]));
  return { data: Object.fromEntries(Object.entries(params).filter(([name]) => !sealed.includes(name))), sealed };
}

/** Marks stored secrets, so that an empty field reads as kept and not as missing. */
export function withSealed(ui: UiSchema, sealed: readonly string[]): UiSchema {
  const next = { ...ui };
  for (const name of sealed) next[name] = { ...next[name], 'ui:placeholder': 'Stored and sealed. Type to replace it.' };
  return next;
}
