// Compiles the form validator of a module to an ES module: the page's content security policy allows no compiling in the browser.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ModuleManifest } from '../../schemas/generated/types.ts';

const requireHere = createRequire(import.meta.url);
const required = /require\("([^"]+)"\)/g;

/**
 * The module's params schema as rjsf's precompiled validators: `export default { <id>: validate }`, and the schema that they were
 * made from as `export const schema`. Needs nothing but itself.
 */
export async function compileModuleValidator(manifest: ModuleManifest): Promise<string> {
  // Loaded on demand: a server that shows no form never pays for it.
  const { compileSchemaValidatorsCode } = await import('@rjsf/validator-ajv8/compileSchemaValidators');
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  // A sealed value never reaches the form, which would draw a field for its reference.
  const schema = manifest.params as Parameters<typeof compileSchemaValidatorsCode>[0];
  const code = compileSchemaValidatorsCode(schema, {
    AjvClass: Ajv2020 as never,
    ajvOptionsOverrides: { strict: false },
  });
  return bundle(code, JSON.stringify(schema));
}

/** Wraps the CommonJS code and the few runtime files of Ajv that it needs, so that a browser can import it. */
function bundle(code: string, schema: string): string {
  const files = new Map<string, string>();
  const collect = (text: string, from: NodeJS.Require) => {
    for (const [, name = ''] of text.matchAll(required)) {
      if (files.has(name)) continue;
      const file = from.resolve(name);
      const source = readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
      files.set(name, source);
      collect(source, createRequire(file));
    }
  };
  collect(code, requireHere);
  const parts = [...files].map(
    ([name, source]) => `${JSON.stringify(name)}: (module, exports, require) => {\n${source}\n}`,
  );
  return `const files = {\n${parts.join(',\n')}\n};
const loaded = {};
function require(name) {
  if (!loaded[name]) {
    loaded[name] = { exports: {} };
    files[name](loaded[name], loaded[name].exports, require);
  }
  return loaded[name].exports;
}
const entry = { exports: {} };
((module, exports) => {
${code}
})(entry, entry.exports);
export const schema = ${schema};
export default entry.exports;
`;
}
