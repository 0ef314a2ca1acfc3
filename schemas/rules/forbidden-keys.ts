// Finds keys that reach a prototype, and nesting that recursion could not follow, in a value that came as JSON.
import type { Issue } from '../generated/types.ts';
import { createIssue } from './issues.ts';
import { jsonPointer } from './json-pointer.ts';
import { DEPTH_LIMIT, KEY_LIMIT } from './json-scanner.ts';
import { FORBIDDEN_KEYS } from './merge-patch.ts';

/** A list or an object, and where it stands: paths are written for what is reported alone. */
interface Place {
  value: object;
  parent: Place | undefined;
  key: string | number;
  depth: number;
}

/** Issues for every forbidden key, up to a limit; or one alone where the value is deeper or wider than any document of ours. */
export function findForbiddenKeys(root: unknown, limit: number): Issue[] {
  const issues: Issue[] = [];
  const open: Place[] = [];
  const visit = (value: unknown, parent: Place | undefined, key: string | number) => {
    if (typeof value === 'object' && value !== null)
      open.push({ value, parent, key, depth: (parent?.depth ?? -1) + 1 });
  };
  visit(root, undefined, '');
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, depth } = place;
    if (depth >= DEPTH_LIMIT) return [tooDeep(pathOf(place))];
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) visit(value[index], place, index);
      continue;
    }
    const keys = Object.keys(value);
    if (keys.length > KEY_LIMIT) return [tooManyKeys(pathOf(place), keys.length)];
    for (const key of keys) {
      if (FORBIDDEN_KEYS.has(key) && issues.length < limit) issues.push(forbiddenKey(pathOf(place), key));
      visit((value as Record<string, unknown>)[key], place, key);
    }
  }
  return issues;
}

function pathOf(place: Place): string {
  let path = '';
  for (let at = place; at.parent; at = at.parent) path = jsonPointer(String(at.key)) + path;
  return path;
}

function forbiddenKey(path: string, key: string): Issue {
  return createIssue('forbidden-key', path + jsonPointer(key), {
    message: `The key ${key} has a name that every object has already.`,
    got: key,
    expected: 'a key that is no part of every object',
    fix: 'Give it another name, or take it away.',
  });
}

function tooDeep(path: string): Issue {
  return createIssue('too-deep', path, {
    message: 'The graph is nested too deep.',
    got: `more than ${DEPTH_LIMIT} levels`,
    expected: `at most ${DEPTH_LIMIT} levels`,
    fix: 'A graph is flat: take the nesting away.',
  });
}

function tooManyKeys(path: string, count: number): Issue {
  return createIssue('too-many-keys', path, {
    message: 'An object has too many keys.',
    got: `${count} keys`,
    expected: `at most ${KEY_LIMIT} keys`,
    fix: 'Take away what does not belong to a graph.',
  });
}
