/** The walls of docs/ARCHITECTURE.md, as rules. Each is proven by a planted violation in tests/boundaries.test.ts. */

const SLICE = '(?!(?:client|server|ui|kernel)/)([^/]+)' // a folder of src that is neither a kit, nor the design system, nor the kernel
const TEST = '\\.test\\.tsx?$'
const NODE_MODULES = '(?:^|/)node_modules/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Code in a ring cannot be read top-down. Types may meet in a ring: the compiler takes them out.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-imports-nothing',
      comment: 'Words every slice needs stand on their own. Only kernel/schema.ts knows the schema library.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: [TEST, '^src/kernel/schema\\.ts$'] },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'kernel-imports-nothing',
      comment: 'kernel/schema.ts knows the schema library and nothing else.',
      severity: 'error',
      from: { path: '^src/kernel/schema\\.ts$' },
      to: { pathNot: ['^src/kernel/', `${NODE_MODULES}valibot/`] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules run on phone and server alike: kernel, other rules, the schema library, nothing else.',
      severity: 'error',
      from: { path: '^src/[^/]+/domain/', pathNot: TEST },
      to: { pathNot: ['^src/kernel/', '^src/[^/]+/domain/', `${NODE_MODULES}valibot/`] },
    },
    {
      name: 'slices-meet-in-domain',
      comment: "A slice's screens and routes are its own. What two slices share is a rule, in a domain.",
      severity: 'error',
      from: { path: `^src/${SLICE}/(client|server)/`, pathNot: TEST },
      to: { path: `^src/${SLICE}/(client|server)/`, pathNot: ['^src/$1/$2/', '^src/[^/]+/server/'] },
    },
    {
      name: 'slices-meet-in-domain',
      comment: 'Screens never reach into a server, neither their own nor the kit.',
      severity: 'error',
      from: { path: '^src/(?:[^/]+/client|client|ui)/', pathNot: TEST },
      to: { path: '^src/(?:[^/]+/server|server)/' },
    },
    {
      name: 'slices-meet-in-domain',
      comment: 'Servers never reach into screens; pages become HTML in main.render.tsx.',
      severity: 'error',
      from: { path: '^src/(?:[^/]+/server|server)/', pathNot: TEST },
      to: { path: '^src/(?:client|ui)/' },
    },
    {
      name: 'kits-know-no-screens',
      comment: 'src/client and src/server are tools of all slices, so they know none of them.',
      severity: 'error',
      from: { path: '^src/(?:client|server)/', pathNot: TEST },
      to: { path: `^src/${SLICE}/(?:client|server)/` },
    },
    {
      name: 'ui-knows-no-domain',
      comment: 'A button is the same button in another town: the design system knows kernel and preact alone.',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: TEST },
      to: { pathNot: ['^src/(?:ui|kernel)/', `${NODE_MODULES}(?:preact|@digital-go-jp/design-tokens)/`] },
    },
    {
      name: 'only-the-sync-engine-composes',
      comment:
        "A route works with its own slice's SQL. What several slices do together is composed by sync/server and main.*.",
      severity: 'error',
      from: { path: '^src/(?!sync/)([^/]+)/server/', pathNot: TEST },
      to: { path: `^src/${SLICE}/server/`, pathNot: '^src/$1/server/' },
    },
    {
      name: 'sync-only-applies',
      comment: 'Of other slices, the sync engine may call what applies an operation, and nothing beside it.',
      severity: 'error',
      from: { path: '^src/sync/server/', pathNot: TEST },
      to: { path: '^src/(?!sync/)[^/]+/server/', pathNot: ['^src/[^/]+/server/apply-', '^src/server/'] },
    },
    {
      name: 'mains-are-the-top',
      comment: 'main.* puts the parts together; nothing but another main.* imports one.',
      severity: 'error',
      from: { pathNot: ['^src/main\\.', '^tests/', '^vite\\.config\\.ts$'] },
      to: { path: '^src/main\\.' },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: { orphan: true, pathNot: ['^src/main\\.', '\\.d\\.ts$', TEST] },
      to: {},
    },
    {
      name: 'no-dev-deps-in-src',
      comment: 'What a city runs is in "dependencies", in its exact version.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    // What the build makes up: `virtual:…` modules.
    exclude: { path: '^virtual:' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.css', '.json'],
    },
    reporterOptions: {
      mermaid: { minify: false },
      dot: {
        collapsePattern: '^(?:src/[^/]+/(?:domain|client|server)|src/(?:kernel|client|server|ui)|node_modules/[^/]+)',
      },
      archi: { collapsePattern: '^(?:src/[^/]+/(?:domain|client|server)|src/(?:kernel|client|server|ui))' },
    },
  },
}
