// Finds keys that reach a prototype, and nesting that recursion could not follow, in a value that came as JSON.
import type { Issue } from '../generated/types.ts';
import { createIssue } from './issues.ts';
import { jsonPointer } from './json-pointer.ts';
import { DEPTH_LIMIT, KEY_LIMIT } from './json-scanner.ts';
import { FORBIDDEN_KEYS } from './merge-patch.ts';

interface Place {
  value: object;
  path: string;
  depth: number;
}

/** Issues for every forbidden key, up to a limit; or one alone where the value is deeper or wider than any document of ours. */
export function findForbiddenKeys(root: unknown, limit: number): Issue[] {
  const issues: Issue[] = [];
  const open: Place[] = [];
  const visit = (value: unknown, path: string, depth: number) => {
    if (typeof value === 'object' && value !== null) open.push({ value, path, depth });
  };
  visit(root, '', 0);
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, path, depth } = place;
    if (depth >= DEPTH_LIMIT) return [tooDeep(path)];
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        if (typeof item === 'object') visit(item, `${path}/${index}`, depth + 1);
      });
      continue;
    }
    const members = Object.entries(value);
    if (members.length > KEY_LIMIT) return [tooManyKeys(path, members.length)];
    for (const [key, member] of members) {
      if (FORBIDDEN_KEYS.has(key) && issues.length < limit) issues.push(forbiddenKey(path, key));
      if (typeof member === 'object') visit(member, path + jsonPointer(key), depth + 1);
    }
  }
  return issues;
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
