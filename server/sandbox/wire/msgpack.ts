// MessagePack as Terraform speaks it: every extension is an unknown value, and numbers travel as text.
import { isObject, type ObjectValue, UNKNOWN, type Value } from './value.ts';

/**
 * Decodes one MessagePack value.
 * @throws RangeError when the bytes end early, Error on a byte that MessagePack does not define.
 */
export function unpack(bytes: Buffer): Value {
  return new Reader(bytes).value();
}

/**
 * Encodes one value. Numbers become decimal text, so Terraform parses them exactly as it parses its own state.
 */
export function pack(value: Value): Buffer {
  const writer = new Writer();
  writer.value(value);
  return writer.done();
}

const FIXED_EXTENSION_BYTES: Record<number, number> = { 0xd4: 1, 0xd5: 2, 0xd6: 4, 0xd7: 8, 0xd8: 16 };

class Reader {
  private at = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  value(): Value {
    const head = this.unsigned(1);
    if (head < 0x80) return head;
    if (head < 0x90) return this.map(head & 15);
    if (head < 0xa0) return this.array(head & 15);
    if (head < 0xc0) return this.text(head & 31);
    if (head >= 0xe0) return head - 256;
    return this.tagged(head);
  }

  private tagged(head: number): Value {
    const fixed = FIXED_EXTENSION_BYTES[head];
    if (fixed !== undefined) return this.unknown(fixed);
    if (head === 0xc0) return null;
    if (head === 0xc2 || head === 0xc3) return head === 0xc3;
    if (head >= 0xc7 && head <= 0xc9) return this.unknown(this.unsigned(1 << (head - 0xc7)));
    if (head === 0xca) return this.skip(4).readFloatBE();
    if (head === 0xcb) return this.skip(8).readDoubleBE();
    if (head >= 0xcc && head <= 0xce) return this.unsigned(1 << (head - 0xcc));
    if (head === 0xcf) return exact(this.skip(8).readBigUInt64BE());
    if (head >= 0xd0 && head <= 0xd2) return this.signed(1 << (head - 0xd0));
    if (head === 0xd3) return exact(this.skip(8).readBigInt64BE());
    if (head >= 0xd9 && head <= 0xdb) return this.text(this.unsigned(1 << (head - 0xd9)));
    if (head === 0xdc || head === 0xdd) return this.array(this.unsigned(head === 0xdc ? 2 : 4));
    if (head === 0xde || head === 0xdf) return this.map(this.unsigned(head === 0xde ? 2 : 4));
    throw new Error(`MessagePack: got byte 0x${head.toString(16)}, which Terraform never sends`);
  }

  private skip(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new RangeError('MessagePack: the value ends early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private unsigned(length: number): number {
    return this.skip(length).readUIntBE(0, length);
  }

  private signed(length: number): number {
    return this.skip(length).readIntBE(0, length);
  }

  private text(length: number): string {
    return this.skip(length).toString('utf8');
  }

  private unknown(length: number): typeof UNKNOWN {
    this.skip(length + 1);
    return UNKNOWN;
  }

  private array(length: number): Value[] {
    const items: Value[] = [];
    for (let index = 0; index < length; index++) items.push(this.value());
    return items;
  }

  private map(length: number): ObjectValue {
    const entries: [string, Value][] = [];
    for (let index = 0; index < length; index++) entries.push([String(this.value()), this.value()]);
    return Object.fromEntries(entries);
  }
}

/** Integers beyond 2^53 stay decimal text: as a number they would no longer be the configured value. */
function exact(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

class Writer {
  private bytes = Buffer.allocUnsafe(512);
  private at = 0;

  done(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  value(value: Value): void {
    if (value === null || value === undefined) this.raw(0xc0);
    else if (value === UNKNOWN) this.raw(0xd4, 0, 0);
    else if (typeof value === 'boolean') this.raw(value ? 0xc3 : 0xc2);
    else if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number') this.text(decimal(value));
    else if (Array.isArray(value)) this.array(value);
    else if (isObject(value)) this.map(value);
  }

  private array(items: Value[]): void {
    this.header(items.length, 0x90, 15, 0xdc);
    for (const item of items) this.value(item);
  }

  private map(object: ObjectValue): void {
    const entries = Object.entries(object);
    this.header(entries.length, 0x80, 15, 0xde);
    for (const [name, item] of entries) {
      this.text(name);
      this.value(item);
    }
  }

  private text(text: string): void {
    const length = Buffer.byteLength(text);
    if (length > 31 && length < 256) this.raw(0xd9, length);
    else this.header(length, 0xa0, 31, 0xda);
    this.room(length);
    this.at += this.bytes.write(text, this.at);
  }

  private header(length: number, fixed: number, fixedMax: number, wide: number): void {
    if (length <= fixedMax) this.raw(fixed | length);
    else if (length < 0x10000) this.raw(wide, length >> 8, length & 255);
    else this.raw(wide + 1, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255);
  }

  private raw(...bytes: number[]): void {
    this.room(bytes.length);
    for (const byte of bytes) this.bytes[this.at++] = byte;
  }

  private room(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + length));
    this.bytes.copy(wider, 0, 0, this.at);
    this.bytes = wider;
  }
}

function decimal(value: number): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value).toString() : String(value);
}
