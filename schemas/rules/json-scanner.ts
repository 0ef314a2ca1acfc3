// Reads JSON text for what JSON.parse keeps quiet about: where it breaks, keys that are there twice, keys that reach a prototype.
import { jsonPointer } from './json-pointer.ts';
import { FORBIDDEN_KEYS } from './merge-patch.ts';

/** Objects and lists within one another; no document of ours comes near it. */
export const DEPTH_LIMIT = 64;

/** Keys of one object; what comes after the scan takes its time over each of them. */
export const KEY_LIMIT = 20_000;

export interface JsonFinding {
  code: 'bad-json' | 'duplicate-key' | 'forbidden-key' | 'too-deep' | 'too-many-keys';
  /** JSON Pointer of the place. */
  path: string;
  line: number;
  column: number;
  /** What stands there: a character, a key. */
  got: string;
  expected: string;
}

interface Frame {
  keys: Set<string> | undefined;
  key: string;
  index: number;
}

interface Scan {
  text: string;
  at: number;
  frames: Frame[];
  findings: (Omit<JsonFinding, 'line' | 'column'> & { at: number })[];
  more: number;
}

/** Ends the scan at the first place where the text is no JSON; caught in `scanJson` and nowhere else. */
class Broken extends Error {}

/**
 * Scans JSON text in one pass, without recursion. A text with none of `bad-json`, `too-deep` and
 * `too-many-keys` among its findings is one that `JSON.parse` takes. At most `limit` findings are told; `more` counts the others.
 */
export function scanJson(text: string, limit = 200): { findings: JsonFinding[]; more: number } {
  const scan: Scan = { text, at: 0, frames: [], findings: [], more: 0 };
  try {
    scanDocument(scan, limit);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
  }
  return { findings: withPositions(text, scan.findings), more: scan.more };
}

function scanDocument(scan: Scan, limit: number): void {
  for (;;) {
    if (!scanValue(scan)) continue;
    for (;;) {
      const frame = scan.frames.at(-1);
      skipSpace(scan);
      if (!frame) {
        if (scan.at < scan.text.length) breakOff(scan, 'the end of the text');
        return;
      }
      const close = frame.keys ? '}' : ']';
      if (take(scan, ',')) {
        if (frame.keys) scanKey(scan, frame, limit);
        else frame.index += 1;
        break;
      }
      if (!take(scan, close)) breakOff(scan, `"," or "${close}"`);
      scan.frames.pop();
    }
  }

  /** Reads a scalar or an empty container whole (true), or enters a container (false). */
  function scanValue(scan: Scan): boolean {
    skipSpace(scan);
    const char = scan.text[scan.at];
    if (char === '"') scanString(scan);
    else if (char === '{' || char === '[') return enter(scan, char === '{');
    else if (char === '-' || isDigit(scan.text.charCodeAt(scan.at))) scanNumber(scan);
    else if (!['true', 'false', 'null'].some((word) => takeWord(scan, word))) breakOff(scan, 'a value');
    return true;
  }

  function enter(scan: Scan, isObject: boolean): boolean {
    if (scan.frames.length >= DEPTH_LIMIT) {
      report(
        scan,
        'too-deep',
        `${DEPTH_LIMIT + 1} levels`,
        `at most ${DEPTH_LIMIT} levels`,
        scan.at,
        Number.POSITIVE_INFINITY,
      );
      throw new Broken();
    }
    scan.at += 1;
    skipSpace(scan);
    if (take(scan, isObject ? '}' : ']')) return true;
    const frame: Frame = { keys: isObject ? new Set() : undefined, key: '', index: 0 };
    scan.frames.push(frame);
    if (isObject) scanKey(scan, frame, limit);
    return false;
  }
}

function scanKey(scan: Scan, frame: Frame, limit: number): void {
  skipSpace(scan);
  const start = scan.at;
  frame.key = '';
  if (scan.text[start] !== '"') breakOff(scan, 'a key in double quotes');
  const key = scanString(scan);
  frame.key = key;
  if (FORBIDDEN_KEYS.has(key))
    report(scan, 'forbidden-key', key, 'a key that is no part of every object', start, limit);
  else if (frame.keys?.has(key)) report(scan, 'duplicate-key', key, 'every key once in an object', start, limit);
  frame.keys?.add(key);
  if (frame.keys && frame.keys.size > KEY_LIMIT) {
    report(
      scan,
      'too-many-keys',
      `more than ${KEY_LIMIT} keys`,
      `at most ${KEY_LIMIT} keys`,
      start,
      Number.POSITIVE_INFINITY,
    );
    throw new Broken();
  }
  skipSpace(scan);
  if (!take(scan, ':')) breakOff(scan, '":"');
}

function scanString(scan: Scan): string {
  const { text } = scan;
  const start = scan.at;
  let escaped = false;
  scan.at += 1;
  for (;;) {
    const code = text.charCodeAt(scan.at);
    if (code === 34) break;
    if (code === 92) {
      escaped = true;
      scanEscape(scan);
    } else if (code < 32 || Number.isNaN(code)) breakOff(scan, 'the closing quote of a text');
    else scan.at += 1;
  }
  scan.at += 1;
  return escaped ? (JSON.parse(text.slice(start, scan.at)) as string) : text.slice(start + 1, scan.at - 1);
}

function scanEscape(scan: Scan): void {
  const next = scan.text[scan.at + 1] ?? '';
  if (next !== '' && '"\\/bfnrt'.includes(next)) scan.at += 2;
  else if (/^\\u[0-9a-fA-F]{4}/.test(scan.text.slice(scan.at, scan.at + 6))) scan.at += 6;
  else breakOff(scan, 'an escape such as \\n or \\u00e9');
}

function scanNumber(scan: Scan): void {
  take(scan, '-');
  if (!take(scan, '0')) scanDigits(scan);
  if (take(scan, '.')) scanDigits(scan);
  if (take(scan, 'e') || take(scan, 'E')) {
    if (!take(scan, '+')) take(scan, '-');
    scanDigits(scan);
  }
}

function scanDigits(scan: Scan): void {
  if (!isDigit(scan.text.charCodeAt(scan.at))) breakOff(scan, 'a digit');
  while (isDigit(scan.text.charCodeAt(scan.at))) scan.at += 1;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function skipSpace(scan: Scan): void {
  for (;;) {
    const code = scan.text.charCodeAt(scan.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    scan.at += 1;
  }
}

function take(scan: Scan, char: string): boolean {
  if (scan.text[scan.at] !== char) return false;
  scan.at += 1;
  return true;
}

function takeWord(scan: Scan, word: string): boolean {
  if (!scan.text.startsWith(word, scan.at)) return false;
  scan.at += word.length;
  return true;
}

function breakOff(scan: Scan, expected: string): never {
  const char = scan.text[scan.at];
  const got = char === undefined ? 'the end of the text' : JSON.stringify(char);
  report(scan, 'bad-json', got, expected, scan.at, Number.POSITIVE_INFINITY);
  throw new Broken();
}

function report(scan: Scan, code: JsonFinding['code'], got: string, expected: string, at: number, limit: number): void {
  if (scan.findings.length >= limit) {
    scan.more += 1;
    return;
  }
  const path = jsonPointer(...scan.frames.map(({ keys, key, index }) => (keys ? key : index)));
  scan.findings.push({ code, path, got, expected, at });
}

/** Findings come in the order of the text, so that its lines are counted once. */
function withPositions(text: string, findings: Scan['findings']): JsonFinding[] {
  let line = 1;
  let lineStart = 0;
  return findings.map(({ at, ...finding }) => {
    for (let end = text.indexOf('\n', lineStart); end >= 0 && end < at; end = text.indexOf('\n', lineStart)) {
      line += 1;
      lineStart = end + 1;
    }
    return { ...finding, line, column: at - lineStart + 1 };
  });
}
