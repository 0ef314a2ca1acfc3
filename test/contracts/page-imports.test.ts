// The page's content security policy forbids code that is made at run time, and Ajv makes such code.
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The rules that the page uses; judging published documents is the server's work. */
const pageRules = [
  'can-connect',
  'canonical',
  'catalog',
  'check-graph',
  'check-text',
  'order',
  'parse-document',
  'physical-name',
  'redact',
  'render-grant',
  'resolve-env-variables',
  'resolve-params',
  'schema-error',
];

async function inputsOf(rules: string[]): Promise<string[]> {
  const imports = rules.map((rule) => `export * as ${rule.replaceAll('-', '')} from './${rule}.ts';`).join('\n');
  const resolveDir = new URL('../../schemas/rules/', import.meta.url).pathname;
  const stdin = { contents: imports, resolveDir, loader: 'ts' as const };
  const { metafile } = await build({
    stdin,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

test('the rules of the page reach neither Ajv nor Node', async () => {
  expect((await inputsOf(pageRules)).filter((file) => /node_modules\/ajv|rules\/validation/.test(file))).toEqual([]);
});

test('the same search finds Ajv where it is', async () => {
  expect((await inputsOf(['contract-vocabulary'])).some((file) => file.includes('node_modules/ajv'))).toBe(true);
});
