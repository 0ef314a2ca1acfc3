// A schema in the words of the wire.
import { Schema } from '../wire/messages.ts';
import { encode, type Message } from '../wire/protobuf.ts';
import type { BlockSchema, TypeSchema } from './schema-data.ts';

const NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;
const encoded = new WeakMap<TypeSchema, Buffer>();

/** The encoded `Schema` message of a type; encoded once per process. */
export function schemaBytes(type: TypeSchema): Buffer {
  const bytes = encoded.get(type) ?? encode(Schema, { version: type.version, block: blockMessage(type.block) });
  encoded.set(type, bytes);
  return bytes;
}

function blockMessage(block: BlockSchema): Message {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(([name, attribute]) => ({
      ...attribute,
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
    })),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: NESTING[nested.nesting_mode],
      min_items: nested.min_items,
      max_items: nested.max_items,
    })),
  };
}
