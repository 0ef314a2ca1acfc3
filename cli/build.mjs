// `node cli/build.mjs code web`: bundles server, synth worker, modules, sandbox executable and command with esbuild, and the page with Vite.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildDir, LOCK, root, sources } from './prepare.mjs';
import { sourceStamp } from './stamp.mjs';

/** Source file of each bundle of the code part, by its name in build/. */
function entryPoints() {
  const entries = {
    server: 'server/main.ts',
    'synth-worker': 'server/synth/worker.ts',
    'provider-host': 'server/engine/provider-host.ts',
    'sandbox-provider': 'server/sandbox/executable.ts',
    cli: 'cli/main.ts',
  };
  for (const id of readdirSync(join(root, 'modules'))) {
    if (existsSync(join(root, 'modules', id, 'stack.ts'))) entries[`modules/${id}`] = `modules/${id}/stack.ts`;
  }
  return Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)]));
}

/** What the bundles read from beside themselves, by its place in the sources. */
const assets = { migrations: 'server/store/migrations', 'schema.json.gz': 'server/sandbox/schema.json.gz' };

async function buildCode(outdir) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: entryPoints(),
    outdir,
    outExtension: { '.js': '.mjs' },
    // Beside the entries, so that `import.meta.url` means build/ in every file.
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    minifySyntax: true,
    logLevel: 'error',
    define: { __dirname: 'plumblineBuild', __filename: 'plumblineBundle' },
    // Native, or in need of files beside itself.
    external: [
      '@aws-sdk/client-sts',
      'better-sqlite3',
      '@fastify/static',
      '@fastify/swagger',
      '@fastify/swagger-ui',
      'fastify',
    ],
    banner: {
      js: [
        "import { createRequire as plumblineCreateRequire } from 'node:module';",
        'const require = plumblineCreateRequire(import.meta.url), plumblineBuild = import.meta.dirname, plumblineBundle = import.meta.filename;',
      ].join('\n'),
    },
  });
  for (const [name, source] of Object.entries(assets))
    cpSync(join(root, source), join(outdir, name), { recursive: true });
}

async function buildWeb(outDir) {
  const { build } = await import('vite');
  await build({
    configFile: join(root, 'web', 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
}

/** Every file under a folder, as paths relative to it. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Moves the new files in one by one, each whole, and then drops the old ones: a reader never meets half a build. */
function moveIn(fresh, target, keep = () => false) {
  // Entries last: they name the chunks.
  const files = filesIn(fresh).sort((a, b) => Number(b.startsWith('chunk-')) - Number(a.startsWith('chunk-')));
  for (const file of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    renameSync(join(fresh, file), join(target, file));
  }
  const current = new Set(files);
  for (const file of filesIn(target)) if (!current.has(file) && !keep(file)) rmSync(join(target, file));
}

/** The page is a part of its own; the tests keep the programs that they installed or built beside it. */
const notOurs = /^(web|aws|(localemu|opentofu)-[^/]+)\//;

/** Builds the parts given, each with the stamp of the sources that it is made from. */
async function build(parts) {
  const stamps = new Map(parts.map((part) => [part, sourceStamp(root, sources[part])]));
  const scratch = join(root, 'node_modules', `.plumbline-build-${process.pid}`);
  try {
    await Promise.all([
      stamps.has('code') && buildCode(join(scratch, 'code')),
      stamps.has('web') && buildWeb(join(scratch, 'web')),
    ]);
    mkdirSync(buildDir, { recursive: true });
    if (stamps.has('code'))
      moveIn(join(scratch, 'code'), buildDir, (file) => file.endsWith('.stamp') || file === LOCK || notOurs.test(file));
    if (stamps.has('web')) moveIn(join(scratch, 'web'), join(buildDir, 'web'));
    for (const [part, stamp] of stamps) writeFileSync(join(buildDir, `${part}.stamp`), stamp);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

build(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
