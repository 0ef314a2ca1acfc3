import { resolveParams } from '../../schemas/rules/resolve-params.ts';
import { explainKey, explainParam } from './explanation.ts';
import { keysAt } from './graph-schema.ts';
import { type Knowledge, manifestOf, textOf } from './knowledge.ts';
import { type ParamSchema, propertiesOf, schemaAt } from './params-schema.ts';
import { json, literal, type Suggestion } from './suggestion.ts';
import type { TextPosition } from './text-position.ts';

/** What a key of graph.json begins with. */
const VALUES: Record<string, string> = {
  params: '{\n\t${}\n}',
  grants: '["${}"]',
  from: '{\n\t"node": "${}",\n\t"port": "${}"\n}',
  to: '{\n\t"node": "${}",\n\t"port": "${}"\n}',
  nodes: '[\n\t${}\n]',
  connections: '[\n\t${}\n]',
  schemaVersion: '1',
};

/** The keys that may stand at the cursor and do not yet. */
export function suggestKeys(position: TextPosition, knowledge: Knowledge): Suggestion[] {
  const { path, beside, token } = position;
  const [list, , part, ...keys] = path;
  const isFree = (key: string) => !beside.includes(key) || key === token.typed;
  if (list === 'nodes' && part === 'params')
    return suggestParams(position, knowledge, keys).filter(({ label }) => isFree(label));
  const known = keysAt(path);
  if (!known) return [];
  return Object.entries(known.keys)
    .filter(([key]) => isFree(key) && key !== '$schema')
    .map(([key, schema]) => {
      const isRequired = known.required.includes(key);
      const template = `"${key}": ${VALUES[key] ?? '"${}"'}`;
      const detail = isRequired ? 'required' : undefined;
      return { label: key, kind: 'key', template, detail, rank: isRequired ? 2 : 1, about: explainKey(key, schema) };
    });
}

function suggestParams({ record, path }: TextPosition, knowledge: Knowledge, keys: readonly string[]): Suggestion[] {
  const manifest = manifestOf(knowledge, record);
  const schema = manifest && schemaAt(manifest.params, keys);
  if (!manifest || !schema) return [];
  const effective = effectiveParams(knowledge, record, keys);
  const isApplied = knowledge.isApplied(textOf(record?.id));
  return Object.entries(propertiesOf(schema, manifest.params)).map(([name, member], index) => ({
    label: name,
    detail: textOf(member.title),
    kind: 'key',
    template: `"${literal(name)}": ${valueTemplate(member, effective?.[name])}`,
    // In the order of the module's form.
    rank: (path.length > 0 ? 20 : 0) - index / 10,
    about: explainParam(name, member, effective?.[name], isApplied),
  }));
}

/** What the box has without params of its own, at these keys. */
export function effectiveParams(knowledge: Knowledge, record: TextPosition['record'], keys: readonly string[]) {
  const manifest = manifestOf(knowledge, record);
  if (!manifest) return undefined;
  let value: unknown = resolveParams(manifest, { preset: textOf(record?.preset) || undefined }).params;
  for (const key of keys) value = (value as Record<string, unknown> | undefined)?.[key];
  return value as Record<string, unknown> | undefined;
}

function valueTemplate({ type }: ParamSchema, effective: unknown): string {
  if (type === 'object') return '{\n\t${}\n}';
  if (type === 'array') return '[${}]';
  if (type === 'string') return `"\${${literal(textOf(effective)).replaceAll('}', '\\}')}}"`;
  return `\${${effective === undefined || typeof effective === 'object' ? '' : json(effective)}}`;
}
