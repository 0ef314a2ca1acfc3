// The provider's schema with what was harvested about it, read one type at a time.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Value } from '../wire/value.ts';
import { corrections } from './corrections.ts';

export type AttributeType =
  | 'string'
  | 'number'
  | 'bool'
  | ['list' | 'set' | 'map', AttributeType]
  | ['object', Record<string, AttributeType>];

export interface AttributeSchema {
  type: AttributeType;
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
  sensitive?: boolean;
  deprecated?: boolean;
  write_only?: boolean;
}

export interface NestedBlockSchema {
  nesting_mode: 'single' | 'list' | 'set' | 'map' | 'group';
  block: BlockSchema;
  min_items?: number;
  max_items?: number;
}

export interface BlockSchema {
  attributes?: Record<string, AttributeSchema>;
  block_types?: Record<string, NestedBlockSchema>;
}

/** One resource or data source type. Paths join names with dots; a trailing `#` means "how many blocks". */
export interface TypeSchema {
  version: number;
  block: BlockSchema;
  forceNew?: string[];
  defaults?: Record<string, Value>;
  /** Blocks that the cloud fills when the configuration leaves them out. */
  computedBlocks?: string[];
}

export interface SchemaSet {
  provider: TypeSchema;
  resources: Map<string, TypeSchema>;
  dataSources: Map<string, TypeSchema>;
}

const known = { resources: new Map<string, TypeSchema>(), datas: new Map<string, TypeSchema>() };
let provider: TypeSchema | undefined;
let compressed: Buffer | undefined;
let text: WeakRef<Buffer> | undefined;

/**
 * Schemas of the asked types. Types that the provider does not have are left out, so Terraform names them itself.
 * The file holds one type per line: nothing but the asked lines is ever parsed, and the 10 MB text may be collected at once.
 */
export function loadSchemas(resourceTypes: Iterable<string>, dataSourceTypes: Iterable<string>): SchemaSet {
  const resources = new Set(resourceTypes);
  const dataSources = new Set(dataSourceTypes);
  const missing =
    !provider ||
    [...resources].some((type) => !known.resources.has(type)) ||
    [...dataSources].some((type) => !known.datas.has(type));
  if (missing) readTypes(resources, dataSources);
  if (!provider) throw new Error('The sandbox schema file has no provider entry; reinstall the package.');
  return { provider, resources: pick(known.resources, resources), dataSources: pick(known.datas, dataSources) };
}

function readTypes(resources: ReadonlySet<string>, dataSources: ReadonlySet<string>): void {
  const lines = new LineIndex(schemaText());
  provider ??= JSON.parse(lines.between('{"provider":', 0)) as TypeSchema;
  readSection(lines, 'resources', resources);
  readSection(lines, 'datas', dataSources);
}

function schemaText(): Buffer {
  const kept = text?.deref();
  if (kept) return kept;
  compressed ??= readFileSync(new URL('schema.json.gz', schemaFolder()));
  const read = gunzipSync(compressed);
  text = new WeakRef(read);
  return read;
}

/** Beside this folder in the sources, beside the bundle in a build. */
function schemaFolder(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../' : './', import.meta.url);
}

function readSection(lines: LineIndex, section: 'resources' | 'datas', types: ReadonlySet<string>): void {
  const start = lines.find(`\n"${section}":{`, 0);
  const end = section === 'resources' ? lines.find('\n"datas":{', start) : Number.POSITIVE_INFINITY;
  for (const type of types) {
    if (known[section].has(type)) continue;
    const at = lines.find(`\n${JSON.stringify(type)}:`, start);
    if (at < 0 || at > end) continue;
    const schema = JSON.parse(lines.between(`\n${JSON.stringify(type)}:`, start)) as TypeSchema;
    known[section].set(type, section === 'resources' ? corrected(type, schema) : schema);
  }
}

function corrected(type: string, schema: TypeSchema): TypeSchema {
  const correction = corrections[type];
  if (!correction) return schema;
  return {
    ...schema,
    forceNew: [...(schema.forceNew ?? []), ...(correction.forceNew ?? [])],
    defaults: { ...schema.defaults, ...correction.defaults },
    computedBlocks: [...(schema.computedBlocks ?? []), ...(correction.computedBlocks ?? [])],
  };
}

function pick(all: ReadonlyMap<string, TypeSchema>, types: ReadonlySet<string>): Map<string, TypeSchema> {
  const picked = new Map<string, TypeSchema>();
  for (const type of [...types].sort()) {
    const schema = all.get(type);
    if (schema) picked.set(type, schema);
  }
  return picked;
}

class LineIndex {
  private readonly text: Buffer;

  constructor(text: Buffer) {
    this.text = text;
  }

  find(needle: string, from: number): number {
    return this.text.indexOf(needle, from);
  }

  /** The rest of the line after `prefix`, without a trailing comma. */
  between(prefix: string, from: number): string {
    const start = this.find(prefix, from) + Buffer.byteLength(prefix);
    const end = this.find('\n', start);
    return this.text.toString('utf8', start, end).replace(/,$/, '');
  }
}
