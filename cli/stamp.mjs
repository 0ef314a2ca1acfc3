// Tells whether a part of the build is as new as its sources. Plain JavaScript, as nothing is installed yet.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const skipped = /(\.test\.(tsx?|mjs)|\.md)$/;

function addFolder(hash, root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) addFolder(hash, root, path);
    else if (!skipped.test(entry.name)) addFile(hash, root, path);
  }
}

function addFile(hash, root, path) {
  const { size, mtimeMs } = statSync(join(root, path));
  hash.update(`${path} ${size} ${mtimeMs}\n`);
}

/** A digest over names, sizes and times of the sources of a part. */
export function sourceStamp(root, { folders, files }) {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const folder of folders) if (existsSync(join(root, folder))) addFolder(hash, root, folder);
  for (const file of files) addFile(hash, root, file);
  return hash.digest('hex');
}

/** The stamp that a part was last built from. */
export function builtStamp(buildDir, part) {
  const file = join(buildDir, `${part}.stamp`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
