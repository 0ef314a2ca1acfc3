/** A value of a JSON text that may be broken, with its place. */
export type LooseValue =
  | { kind: 'object'; from: number; to: number; members: LooseMember[] }
  | { kind: 'array'; from: number; to: number; items: LooseValue[] }
  | { kind: 'scalar'; from: number; to: number; value: unknown };

export interface LooseMember {
  key: string;
  from: number;
  to: number;
  value?: LooseValue;
}

interface Reader {
  text: string;
  at: number;
  depth: number;
}

const DEEPEST = 64;

/**
 * Reads the value that begins at `from`, whatever is missing or too much in it: a text ends with its line, a comma or a bracket may
 * be absent, words without quotes count as text.
 */
export function readLoose(text: string, from: number): LooseValue | undefined {
  return readValue({ text, at: from, depth: 0 });
}

function readValue(reader: Reader): LooseValue | undefined {
  skipSpace(reader);
  const { text, at: from } = reader;
  const char = text[from];
  if (char === undefined || reader.depth > DEEPEST) return undefined;
  if (char === '{') return readObject(reader);
  if (char === '[') return readArray(reader);
  if (char === '"') {
    const value = readText(reader);
    return { kind: 'scalar', from, to: reader.at, value };
  }
  const word = readWord(reader);
  return word === '' ? undefined : { kind: 'scalar', from, to: reader.at, value: valueOfWord(word) };
}

function readObject(reader: Reader): LooseValue {
  const { text, at: from } = reader;
  const members: LooseMember[] = [];
  reader.at += 1;
  reader.depth += 1;
  for (skipSpace(reader); reader.at < text.length; skipSpace(reader)) {
    const char = text[reader.at] ?? '';
    if (char === '}') {
      reader.at += 1;
      break;
    }
    // A bracket that belongs to something around it: this object was not closed.
    if (char === ']' || char === '{') break;
    if (char === '"' || /[\w$]/.test(char)) members.push(readMember(reader));
    else reader.at += 1;
  }
  reader.depth -= 1;
  return { kind: 'object', from, to: reader.at, members };
}

function readMember(reader: Reader): LooseMember {
  const { text, at: from } = reader;
  const key = text[from] === '"' ? readText(reader) : readWord(reader);
  const member: LooseMember = { key, from, to: reader.at };
  skipSpace(reader);
  if (text[reader.at] !== ':') return member;
  reader.at += 1;
  if (isNextKey(reader)) return member;
  const value = readValue(reader);
  return value ? { ...member, value } : member;
}

/** Whether what follows a colon is the next key already, because the value is missing. */
function isNextKey({ text, at }: Reader): boolean {
  const ahead: Reader = { text, at, depth: 0 };
  skipSpace(ahead);
  if (text[ahead.at] !== '"' || !text.slice(at, ahead.at).includes('\n')) return false;
  readText(ahead);
  skipSpace(ahead);
  return text[ahead.at] === ':';
}

function readArray(reader: Reader): LooseValue {
  const { text, at: from } = reader;
  const items: LooseValue[] = [];
  reader.at += 1;
  reader.depth += 1;
  for (skipSpace(reader); reader.at < text.length; skipSpace(reader)) {
    const char = text[reader.at];
    if (char === ']') {
      reader.at += 1;
      break;
    }
    if (char === '}') break;
    const item = char === ',' ? undefined : readValue(reader);
    if (item) items.push(item);
    else reader.at += 1;
  }
  reader.depth -= 1;
  return { kind: 'array', from, to: reader.at, items };
}

function readText(reader: Reader): string {
  const { text } = reader;
  const from = reader.at;
  for (reader.at += 1; reader.at < text.length; reader.at += 1) {
    const char = text[reader.at];
    if (char === '\n') return text.slice(from + 1, reader.at).trimEnd();
    if (char === '\\') reader.at += 1;
    if (char === '"') break;
  }
  reader.at = Math.min(reader.at + 1, text.length);
  try {
    return JSON.parse(text.slice(from, reader.at)) as string;
  } catch {
    return text.slice(from + 1, reader.at - 1);
  }
}

const WORD = /[^\s,:{}[\]"]*/y;

function readWord(reader: Reader): string {
  WORD.lastIndex = reader.at;
  const word = WORD.exec(reader.text)?.[0] ?? '';
  reader.at += word.length;
  return word;
}

function valueOfWord(word: string): unknown {
  try {
    return JSON.parse(word) as unknown;
  } catch {
    return word;
  }
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
}

/** The plain value; of a key that is there twice, the last. */
export function plainValue(value: LooseValue | undefined): unknown {
  if (!value) return undefined;
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'array') return value.items.map(plainValue);
  return Object.fromEntries(value.members.map((member) => [member.key, plainValue(member.value)]));
}

/** The place of what the keys lead to; of a member that is not there, the place of what should hold it. */
export function placeOf(root: LooseValue, keys: readonly string[]): { from: number; to: number } {
  let place: { from: number; to: number } = root;
  let value: LooseValue | undefined = root;
  for (const [index, key] of keys.entries()) {
    const isLast = index === keys.length - 1;
    if (value?.kind === 'object') {
      const member: LooseMember | undefined = value.members.findLast((each) => each.key === key);
      if (!member) return headOf(place);
      value = member.value;
      place = isLast && value?.kind === 'scalar' ? value : { from: member.from, to: member.to };
    } else if (value?.kind === 'array') {
      value = value.items[Number(key)];
      if (!value) return headOf(place);
      place = value;
    } else return place;
  }
  return value?.kind === 'scalar' ? place : headOf(place);
}

/** An object is marked at its bracket, not over all of its lines. */
function headOf({ from, to }: { from: number; to: number }) {
  return { from, to: Math.min(to, from + 1) > from && to - from > 60 ? from + 1 : to };
}
