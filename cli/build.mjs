// Bundles server, synth worker, modules, sandbox executable and command with esbuild, and the page with Vite.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Source file of each bundle of the code part, by its name in build/. */
function entryPoints(root) {
  const entries = {
    server: 'server/main.ts',
    'synth-worker': 'server/synth/worker.ts',
    'sandbox-provider': 'server/sandbox/executable.ts',
    cli: 'cli/main.ts',
  };
  for (const id of readdirSync(join(root, 'modules'))) {
    if (existsSync(join(root, 'modules', id, 'stack.ts'))) entries[`modules/${id}`] = `modules/${id}/stack.ts`;
  }
  return Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)]));
}

/**
 * Keeps `import.meta.url` of our own files pointing at the source file, so that `new URL('./migrations', import.meta.url)` finds the
 * same folder from the source and from the bundle.
 */
function sourceLocations(root) {
  return {
    name: 'source-locations',
    setup(build) {
      const filter = new RegExp(`^${root.replace(/[^\w/]/g, '\\$&')}/(cli|modules|schemas|server)/.*\\.ts$`);
      build.onLoad({ filter }, ({ path }) => {
        const location = `new URL(${JSON.stringify(relative(root, path))}, plumblineRoot).href`;
        return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', location), loader: 'ts' };
      });
    },
  };
}

async function buildCode(root, outdir) {
  const { build } = await import('esbuild');
  const rootUrl = pathToFileURL(`${root}/`).href;
  await build({
    entryPoints: entryPoints(root),
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    minifySyntax: true,
    logLevel: 'error',
    define: { 'process.env.PLUMBLINE_BUILT': '"1"', __dirname: 'plumblineBuild', __filename: 'plumblineBundle' },
    // Native, or in need of files beside itself.
    external: ['better-sqlite3', '@fastify/static', '@fastify/swagger', '@fastify/swagger-ui', 'fastify'],
    plugins: [sourceLocations(root)],
    banner: {
      js: [
        "import { createRequire as plumblineCreateRequire } from 'node:module';",
        `const plumblineRoot = ${JSON.stringify(rootUrl)};`,
        'const require = plumblineCreateRequire(plumblineRoot);',
        `const plumblineBuild = ${JSON.stringify(join(root, 'build'))}, plumblineBundle = ${JSON.stringify(join(root, 'build', 'bundle.mjs'))};`,
      ].join('\n'),
    },
  });
}

async function buildWeb(root, outDir) {
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
  const files = filesIn(fresh);
  for (const file of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    renameSync(join(fresh, file), join(target, file));
  }
  const current = new Set(files);
  for (const file of filesIn(target)) if (!current.has(file) && !keep(file)) rmSync(join(target, file));
}

/** Builds the parts given, each with the stamp of the sources that it is made from. */
export async function build(root, buildDir, stamps) {
  const scratch = join(root, 'node_modules', `.plumbline-build-${process.pid}`);
  try {
    await Promise.all([
      stamps.has('code') && buildCode(root, join(scratch, 'code')),
      stamps.has('web') && buildWeb(root, join(scratch, 'web')),
    ]);
    mkdirSync(buildDir, { recursive: true });
    if (stamps.has('code'))
      moveIn(join(scratch, 'code'), buildDir, (file) => file.startsWith('web/') || file.endsWith('.stamp'));
    if (stamps.has('web')) moveIn(join(scratch, 'web'), join(buildDir, 'web'));
    for (const [part, stamp] of stamps) writeFileSync(join(buildDir, `${part}.stamp`), stamp);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
