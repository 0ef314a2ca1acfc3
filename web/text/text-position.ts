import { plainValue, readLoose } from './loose-json.ts';

/** What is being typed: from its quote or first character to the cursor, and where it ends behind the cursor. */
export interface Token {
  from: number;
  to: number;
  isQuoted: boolean;
  typed: string;
}

/** Where a cursor is in a graph's text, as far as a text that may be broken tells. */
export interface TextPosition {
  /** Keys and indexes from the root: `['nodes', '0', 'params', 'tries']`; at a key, without that key. */
  path: readonly string[];
  role: 'key' | 'value';
  /** Whether the thing around the cursor is a list. */
  inList: boolean;
  token: Token;
  /** The box or line that the cursor is in, as far as it can be read. */
  record: Readonly<Record<string, unknown>> | undefined;
  /** Keys (of an object) or values (of a list) that stand beside the cursor already. */
  beside: readonly unknown[];
}

interface Frame {
  from: number;
  isList: boolean;
  key: string | undefined;
  index: number;
  /** After the colon of a key. */
  wantsValue: boolean;
}

/** Reads the text up to the cursor and says what may stand there. */
export function positionAt(text: string, at: number): TextPosition | undefined {
  const { frames, token } = scanTo(text, at);
  const inner = frames.at(-1);
  if (!inner) return undefined;
  const role = inner.isList || inner.wantsValue ? 'value' : 'key';
  const path = frames.flatMap((frame, index) => {
    if (frame.isList) return [String(frame.index)];
    return index === frames.length - 1 && role === 'key' ? [] : [frame.key ?? ''];
  });
  const around = plainValue(readLoose(text, inner.from));
  const recordFrame = frames[2];
  const record = recordFrame && !recordFrame.isList ? plainValue(readLoose(text, recordFrame.from)) : undefined;
  return {
    path,
    role,
    inList: inner.isList,
    token: wholeToken(text, token ?? { from: at, isQuoted: false }, at),
    record: record as TextPosition['record'],
    beside: Array.isArray(around) ? around : Object.keys((around as object | undefined) ?? {}),
  };
}

function scanTo(text: string, end: number) {
  const frames: Frame[] = [];
  let token: { from: number; isQuoted: boolean } | undefined;
  let at = 0;
  while (at < end) {
    const char = text[at] ?? '';
    const top = frames.at(-1);
    if (char === '"' || /[^\s,:{}[\]]/.test(char)) {
      const stop = endOfToken(text, at, char === '"');
      // A cursor behind a closing quote is behind the word; one within or at the end of an open word is in it.
      if (stop >= end && !(char === '"' && stop === end && text[end - 1] === '"' && end > at + 1)) {
        token = { from: at, isQuoted: char === '"' };
        break;
      }
      if (top && !top.isList) {
        if (top.wantsValue && isKey(text, stop) && text.slice(top.from, at).trimEnd().endsWith(':')) {
          top.wantsValue = false;
        }
        if (!top.wantsValue) top.key = char === '"' ? text.slice(at + 1, stop - 1) : text.slice(at, stop);
        else if (text[stop] === '\n' || /^\s*\n\s*"/.test(text.slice(stop, stop + 80))) top.wantsValue = false;
      }
      at = stop;
      continue;
    }
    if (char === '{' || char === '[')
      frames.push({ from: at, isList: char === '[', key: undefined, index: 0, wantsValue: false });
    else if (char === '}' || char === ']') {
      frames.pop();
      const outer = frames.at(-1);
      if (outer && !outer.isList) outer.wantsValue = false;
    } else if (char === ':' && top && !top.isList) top.wantsValue = true;
    else if (char === ',' && top) {
      if (top.isList) top.index += 1;
      else top.wantsValue = false;
    }
    at += 1;
  }
  return { frames, token };
}

function endOfToken(text: string, from: number, isQuoted: boolean): number {
  let at = from + 1;
  for (; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\n') return at;
    if (isQuoted && char === '\\') at += 1;
    else if (isQuoted && char === '"') return at + 1;
    else if (!isQuoted && /[\s,:{}[\]"]/.test(char)) return at;
  }
  return Math.min(at, text.length);
}

function isKey(text: string, at: number): boolean {
  return /^\s*:/.test(text.slice(at, at + 20));
}

function wholeToken(text: string, { from, isQuoted }: { from: number; isQuoted: boolean }, at: number): Token {
  const isEmpty = from === at && !isQuoted;
  const to = isEmpty ? at : endOfToken(text, from, isQuoted);
  return { from, to, isQuoted, typed: text.slice(isQuoted ? from + 1 : from, at) };
}
