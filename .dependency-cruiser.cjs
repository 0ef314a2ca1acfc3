// The arrows of the design: who may import whom. `npm run check` holds them, type imports included.
const only = (name, folder, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(schemas|modules|server|web|cli|test)/', pathNot: [`^${folder}/`, ...allowed] },
});

const noNode = (name, folder, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: '\\.test\\.tsx?$' },
  to: { dependencyTypes: ['core'] },
});

module.exports = {
  forbidden: [
    only('schemas-is-the-floor', 'schemas', [], 'schemas imports nothing of ours'),
    noNode('schemas-rules-are-pure', 'schemas/(rules|generated)', 'the rules run in the browser as well'),
    only('modules-import-schemas', 'modules', ['^schemas/'], 'modules may import schemas'),
    only('web-imports-schemas', 'web', ['^schemas/'], 'web may import schemas'),
    only('cli-imports-schemas', 'cli', ['^schemas/'], 'cli may import schemas'),
    {
      name: 'web-runs-in-a-browser',
      comment: 'the page has no node:',
      severity: 'error',
      from: { path: '^web/', pathNot: ['\\.test\\.tsx?$', '^web/vite\\.config\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    only(
      'routes-import-services',
      'server/routes',
      ['^schemas/', '^server/services/', '^server/errors\\.ts$'],
      'routes make no decisions',
    ),
    ...['sandbox', 'engine', 'store', 'synth', 'cloud'].map((folder) =>
      only(
        `${folder}-stands-alone`,
        `server/${folder}`,
        ['^schemas/', '^server/errors\\.ts$', ...(folder === 'synth' ? ['^modules/'] : [])],
        'only server/services joins them',
      ),
    ),
    {
      name: 'services-know-no-http',
      comment: 'use cases stand below the routes',
      severity: 'error',
      from: { path: '^server/services/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^server/(routes|app\\.ts|main\\.ts)', 'node_modules/(@fastify|fastify)/'] },
    },
    {
      name: 'only-synth-loads-modules',
      comment: 'the catalogue is reached through server/synth',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/synth/' },
      to: { path: '^modules/' },
    },
    {
      name: 'cdktf-behind-construct',
      comment: 'modules/construct is the only door to cdktf and the AWS bindings',
      severity: 'error',
      from: {
        path: '^(schemas|modules|server|web|cli|test)/',
        pathNot: ['^modules/construct/', '^test/fixtures/modules/', '^test/bench/'],
      },
      to: { path: 'node_modules/(cdktf|cdktn|constructs|@cdktf)/' },
    },
    {
      name: 'no-aws-barrel',
      comment: 'the barrel of @cdktf/provider-aws costs 530 MB: import from its subpaths',
      severity: 'error',
      from: {},
      to: { path: 'node_modules/@cdktf/provider-aws/lib/index\\.(js|d\\.ts)$' },
    },
    {
      name: 'no-tests-in-products',
      comment: 'product code imports no tests',
      severity: 'error',
      from: { path: '^(schemas|modules|server|web|cli)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^test/', '\\.test\\.tsx?$'] },
    },
    {
      name: 'no-cycles',
      comment: 'a cycle has no order to read it in',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^(\\.\\./)*build/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|node_modules/\\.)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
