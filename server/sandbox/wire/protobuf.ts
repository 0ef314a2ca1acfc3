// A table-driven Protocol Buffers codec with just what the provider protocol needs.

export type FieldKind = 'string' | 'bytes' | 'bool' | 'int' | 'message' | 'map';

/** One field of a message. `map` fields have text keys and hold `of` messages, or text when `of` is absent. */
export interface Field {
  number: number;
  name: string;
  kind: FieldKind;
  repeated?: boolean;
  /** The message of a `message` or `map` field; a function because messages may hold themselves. */
  of?: () => MessageTable;
}
export type MessageTable = readonly Field[];
export type Message = Record<string, unknown>;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * Encodes `message`. Absent, null, false and zero fields are left out; a message field may hold its own encoded bytes.
 */
export function encode(table: MessageTable, message: Message): Buffer {
  const chunks: Uint8Array[] = [];
  for (const field of table) {
    const value = message[field.name];
    if (value === undefined || value === null) continue;
    if (field.kind === 'map') encodeMap(chunks, field, value as Message);
    else for (const item of field.repeated ? (value as unknown[]) : [value]) encodeOne(chunks, field, item);
  }
  return Buffer.concat(chunks);
}

function encodeOne(chunks: Uint8Array[], field: Field, item: unknown): void {
  if (field.kind === 'bool' || field.kind === 'int') {
    if (item) chunks.push(varint(field.number * 8 + VARINT), varint(Number(item)));
    return;
  }
  pushBytes(chunks, field.number, bytesOf(field, item));
}

function encodeMap(chunks: Uint8Array[], field: Field, entries: Message): void {
  for (const [key, item] of Object.entries(entries)) {
    const entry: Uint8Array[] = [];
    pushBytes(entry, 1, Buffer.from(key));
    pushBytes(entry, 2, bytesOf(field, item));
    pushBytes(chunks, field.number, Buffer.concat(entry));
  }
}

function bytesOf(field: Field, item: unknown): Uint8Array {
  if (item instanceof Uint8Array) return item;
  if (typeof item === 'string') return Buffer.from(item);
  return encode(field.of?.() ?? [], item as Message);
}

function pushBytes(chunks: Uint8Array[], number: number, bytes: Uint8Array): void {
  chunks.push(varint(number * 8 + BYTES), varint(bytes.length), bytes);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/**
 * Decodes `bytes`; fields that `table` does not name are skipped, repeated and map fields are always present.
 * @throws Error on a wire type that Protocol Buffers does not define.
 */
export function decode(table: MessageTable, bytes: Buffer): Message {
  const message: Message = {};
  for (const field of table) {
    if (field.repeated) message[field.name] = [];
    else if (field.kind === 'map') message[field.name] = {};
  }
  const cursor = { at: 0 };
  while (cursor.at < bytes.length) decodeField(table, bytes, cursor, message);
  return message;
}

function decodeField(table: MessageTable, bytes: Buffer, cursor: { at: number }, message: Message): void {
  const tag = readVarint(bytes, cursor);
  const raw = readRaw(tag & 7, bytes, cursor);
  const field = table.find((candidate) => candidate.number === Math.floor(tag / 8));
  if (!field || raw === undefined) return;
  if (field.kind === 'map') {
    const [key, item] = readEntry(field, raw as Buffer);
    // Defined, not assigned: a key may be `__proto__`.
    Object.defineProperty(message[field.name], key, {
      value: item,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } else if (field.repeated) (message[field.name] as unknown[]).push(convert(field, raw));
  else message[field.name] = convert(field, raw);
}

function readRaw(wireType: number, bytes: Buffer, cursor: { at: number }): number | Buffer | undefined {
  if (wireType === VARINT) return readVarint(bytes, cursor);
  if (wireType === FIXED64) cursor.at += 8;
  else if (wireType === FIXED32) cursor.at += 4;
  else if (wireType === BYTES) {
    const length = readVarint(bytes, cursor);
    cursor.at += length;
    return bytes.subarray(cursor.at - length, cursor.at);
  } else throw new Error(`Protocol Buffers: got wire type ${wireType}, expected 0, 1, 2 or 5`);
  return undefined;
}

/** Values beyond 2^53 lose precision; the provider protocol sends none. */
function readVarint(bytes: Buffer, cursor: { at: number }): number {
  let result = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) throw new RangeError('Protocol Buffers: the message ends early');
    result += (byte & 127) * scale;
    if (byte < 128) return result;
  }
}

function readEntry(field: Field, bytes: Buffer): [string, unknown] {
  const entry = decode(
    [
      { number: 1, name: 'key', kind: 'string' },
      { number: 2, name: 'value', kind: field.of ? 'message' : 'string', of: field.of },
    ],
    bytes,
  );
  return [String(entry.key ?? ''), entry.value];
}

function convert(field: Field, raw: number | Buffer): unknown {
  if (field.kind === 'bool') return Boolean(raw);
  if (typeof raw === 'number') return raw;
  if (field.kind === 'string') return raw.toString('utf8');
  return field.kind === 'message' ? decode(field.of?.() ?? [], raw) : raw;
}
