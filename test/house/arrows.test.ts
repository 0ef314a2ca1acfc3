import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const targets = [
  'schemas/rules/a.ts',
  'server/engine/a.ts',
  'server/store/a.ts',
  'server/synth/a.ts',
  'server/services/a.ts',
  'modules/construct/a.ts',
  'cli/a.ts',
];

const typeImport = (path: string) => `import type { A } from '${path}';\nexport type B = A;\n`;

/** Files that break a rule, and the rule. */
const bad: [file: string, text: string, rule: string][] = [
  ['schemas/rules/b.ts', typeImport('../../server/engine/a.ts'), 'schemas-is-the-floor'],
  [
    'schemas/rules/c.ts',
    "import { readFileSync } from 'node:fs';\nexport const b = readFileSync;\n",
    'schemas-rules-are-pure',
  ],
  ['server/engine/b.ts', typeImport('../store/a.ts'), 'engine-stands-alone'],
  ['server/synth/b.ts', typeImport('../engine/a.ts'), 'synth-stands-alone'],
  ['server/routes/b.ts', typeImport('../store/a.ts'), 'routes-import-services'],
  ['server/services/b.ts', typeImport('../../modules/construct/a.ts'), 'only-synth-loads-modules'],
  ['cli/b.ts', typeImport('../server/services/a.ts'), 'cli-imports-schemas'],
  [
    'modules/aws-queue/b.ts',
    "import { TerraformStack } from 'cdktf';\nexport const b = TerraformStack;\n",
    'cdktf-behind-construct',
  ],
  ['server/synth/c.ts', "import { App } from 'cdktf';\nexport const b = App;\n", 'cdktf-behind-construct'],
  [
    'modules/construct/b.ts',
    "import { s3Bucket } from '@cdktf/provider-aws';\nexport const b = s3Bucket;\n",
    'no-aws-barrel',
  ],
];

const good: [file: string, text: string][] = [
  ['server/services/d.ts', typeImport('../engine/a.ts')],
  ['server/routes/d.ts', typeImport('../services/a.ts')],
  ['server/synth/d.ts', typeImport('../../modules/construct/a.ts')],
  ['cli/d.ts', typeImport('../schemas/rules/a.ts')],
  [
    'modules/construct/d.ts',
    "import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';\nexport const b = S3Bucket;\n",
  ],
];

/** The rules that each file breaks, found in one go. */
const broken = new Map<string, string[]>();
const folder = mkdtempSync(join(tmpdir(), 'plumbline-arrows-'));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

beforeAll(() => {
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const file of targets) write(file, 'export interface A { a: string }\n');
  for (const [file, text] of [...bad, ...good]) write(file, text);
  const tool = join(root, 'node_modules', '.bin', 'depcruise');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'schemas', 'server', 'modules', 'cli'];
  const { stdout, stderr } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  if (!stdout) throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  for (const { from, rule } of summary.violations) broken.set(from, [...(broken.get(from) ?? []), rule.name]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(bad)('%s with %j breaks %s', (file, _text, rule) => expect(broken.get(file)).toEqual([rule]));
test.each(good)('%s with %j breaks nothing', (file) => expect(broken.get(file)).toBeUndefined());
