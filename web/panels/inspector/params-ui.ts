import type { UiSchema } from '@rjsf/utils';
import type { ModuleManifest } from '../../../schemas/generated/types.ts';
import { isRecord } from '../../../schemas/rules/merge-patch.ts';
import { paramProperties } from '../../../schemas/rules/param-properties.ts';

const RISK_WORDS: Record<string, string> = {
  replaces: 'A change replaces it.',
  'holds data': 'Data is concerned.',
  'opens to the internet': 'Can open it to the internet.',
};

/** What stands in the way of changing a setting of a box that is live. */
export interface ParamLock {
  title: string;
  /** Whether the module lets it change at the price of a new box. */
  canUnlock: boolean;
}

/** The settings that cannot be changed in place once their box is live. */
export function paramLocks(manifest: ModuleManifest): Readonly<Record<string, ParamLock>> {
  const entries = Object.entries(paramProperties(manifest.params)).filter(([, { immutable }]) => immutable === true);
  return Object.fromEntries(
    entries.map(([name, { title, risk }]) => [name, { title: String(title ?? name), canUnlock: risk === 'replaces' }]),
  );
}

/** How people call a setting: its title, and the path inside of it. */
export function paramTitle(manifest: ModuleManifest, path: readonly string[]): string {
  const [name = '', ...inner] = path;
  return [paramProperties(manifest.params)[name]?.title ?? name, ...inner].join(' › ');
}

/** The module's form hints, with units, risks and secrets from its schema's annotations. `locked` fields take no input. */
export function paramsUi(manifest: ModuleManifest, locked: readonly string[]): UiSchema {
  const hints = manifest.ui ?? {};
  const ui: UiSchema = { ...hints, 'ui:submitButtonOptions': { norender: true } };
  for (const [name, property] of Object.entries(paramProperties(manifest.params))) {
    const own: Record<string, unknown> = { ...(isRecord(hints[name]) ? hints[name] : {}) };
    const isLocked = locked.includes(name);
    const risk = typeof property.risk === 'string' ? RISK_WORDS[property.risk] : undefined;
    const notes = [property.description, isLocked ? undefined : risk];
    own['ui:description'] = notes.filter((note) => typeof note === 'string').join(' ');
    if (isLocked) own['ui:disabled'] = true;
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

/** Marks fields with what their emptiness means: a stored secret is kept, a value that differs between boxes is not shown. */
export function withPlaceholders(ui: UiSchema, names: readonly string[], text: string): UiSchema {
  const next = { ...ui };
  for (const name of names) next[name] = { ...next[name], 'ui:placeholder': text };
  return next;
}
