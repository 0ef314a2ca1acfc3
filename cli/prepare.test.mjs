import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { headersPrefix, isInstalled } from './install.mjs';
import { nodeProblem } from './node-version.mjs';
import { sourceStamp } from './stamp.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plumbline-root-'));
  mkdirSync(join(root, 'node_modules'));
  mkdirSync(join(root, 'web', 'panels'), { recursive: true });
  writeFileSync(join(root, 'web', 'panels', 'a.ts'), 'a');
  writeFileSync(join(root, 'package-lock.json'), lock({ a: '1.0.0' }));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const lock = (versions) =>
  JSON.stringify({
    packages: Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
    ),
  });
const parts = { folders: ['web'], files: ['package-lock.json'] };

test.each(['20.20.2', '22.12.0', '24.0.0', '26.1.0'])('Node %s will do', (version) =>
  expect(nodeProblem(version)).toBeUndefined(),
);
test.each(['18.20.0', '20.9.0', '21.7.0', '22.11.0', '23.1.0'])(
  'Node %s is refused with the versions that will do',
  (version) => expect(nodeProblem(version)).toMatch(new RegExp(`20\\.20.*${version.replaceAll('.', '\\.')}`)),
);

test('packages are installed when the lockfile names what is there', () => {
  expect(isInstalled(root)).toBe(false);
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), lock({ a: '1.0.0' }));
  expect(isInstalled(root)).toBe(true);
  writeFileSync(join(root, 'package-lock.json'), lock({ a: '1.0.1' }));
  expect(isInstalled(root)).toBe(false);
});

test('a stamp stays until a source changes, and tests and READMEs are no sources', () => {
  const stamp = sourceStamp(root, parts);
  writeFileSync(join(root, 'web', 'panels', 'a.test.ts'), 'test');
  writeFileSync(join(root, 'web', 'README.md'), 'words');
  expect(sourceStamp(root, parts)).toBe(stamp);
  utimesSync(join(root, 'web', 'panels', 'a.ts'), 1, 1);
  expect(sourceStamp(root, parts)).not.toBe(stamp);
});

test('headers are used only when they are of the same version', () => {
  const include = join(root, 'include', 'node');
  mkdirSync(include, { recursive: true });
  writeFileSync(
    join(include, 'node_version.h'),
    '#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 1\n#define NODE_PATCH_VERSION 2\n',
  );
  expect(headersPrefix(join(root, 'bin', 'node'), '20.1.2')).toBe(root);
  expect(headersPrefix(join(root, 'bin', 'node'), '20.1.3')).toBeUndefined();
});
