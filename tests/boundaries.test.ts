import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTree, type Tree } from './make/tree.ts'

const EXPORT = 'export const here = 1\n'
const use = (path: string): string => `import { here } from '${path}'\n\nexport const there = here\n`

/** A house without a fault: one file of each room, each importing all it may. */
const SOUND = {
  'src/kernel/word.ts': EXPORT,
  'src/kernel/schema.ts': `import * as v from 'valibot'\n\nexport const uuid = v.string()\n`,
  'src/halls/domain/hall.ts': use('#kernel/word.ts'),
  'src/halls/client/hall-words.ts': EXPORT,
  'src/halls/client/hall-page.ts': `import { here as a } from './hall-words.ts'\nimport { here as b } from '#client/kit.ts'\nimport { here as c } from '#ui/knob.ts'\nimport { there as d } from '#halls/domain/hall.ts'\n\nexport const there = [a, b, c, d]\n`,
  'src/halls/server/apply-hall.ts': use('#server/kit.ts'),
  'src/halls/server/hall-rows.ts': use('#kernel/word.ts'),
  'src/halls/server/hall-route.ts': `import { there } from './hall-rows.ts'\n\nexport const rows = there\n`,
  'src/people/client/people-words.ts': EXPORT,
  'src/people/server/people-rows.ts': EXPORT,
  'src/client/kit.ts': EXPORT,
  'src/server/kit.ts': EXPORT,
  'src/ui/knob.ts': EXPORT,
  'src/sync/server/appliers.ts': `import { there } from '#halls/server/apply-hall.ts'\nimport { here } from '#server/kit.ts'\n\nexport const all = [there, here]\n`,
  'src/main.client.tsx': `import { there } from '#halls/client/hall-page.ts'\nimport { here } from '#people/client/people-words.ts'\n\nexport const page = [there, here]\n`,
  'src/main.server.ts': `import { all } from '#sync/server/appliers.ts'\nimport { rows } from '#halls/server/hall-route.ts'\nimport { here } from '#people/server/people-rows.ts'\n\nexport const routes = [all, rows, here]\n`,
  'src/main.sw.ts': 'self.addEventListener("install", () => undefined)\n',
} as const

/** Each rule, and files that break it. The first file is the guilty one. */
const WALLS: readonly (readonly [rule: string, what: string, files: Readonly<Record<string, string>>])[] = [
  [
    'no-cycles',
    'two files that import each other',
    {
      'src/halls/domain/egg.ts': `import { hen } from './hen.ts'\n\nexport const egg = () => hen\n`,
      'src/halls/domain/hen.ts': `import { egg } from './egg.ts'\n\nexport const hen = () => egg\n`,
    },
  ],
  ['kernel-imports-nothing', 'the kernel uses a slice', { 'src/kernel/a.ts': use('#halls/domain/hall.ts') }],
  [
    'kernel-imports-nothing',
    'a kernel file beside schema.ts uses the schema library',
    { 'src/kernel/b.ts': `export { string } from 'valibot'\n` },
  ],
  ['kernel-imports-nothing', 'the kernel uses Node', { 'src/kernel/c.ts': `export { join } from 'node:path'\n` }],
  ['kernel-imports-nothing', 'schema.ts uses a slice', { 'src/kernel/schema.ts': use('#halls/domain/hall.ts') }],
  ['domain-is-pure', 'a rule uses a package', { 'src/halls/domain/a.ts': `export { h } from 'preact'\n` }],
  ['domain-is-pure', 'a rule uses Node', { 'src/halls/domain/b.ts': `export { readFile } from 'node:fs/promises'\n` }],
  ['domain-is-pure', 'a rule uses its own screen', { 'src/halls/domain/c.ts': use('#halls/client/hall-words.ts') }],
  ['domain-is-pure', 'a rule uses the server kit', { 'src/halls/domain/d.ts': use('#server/kit.ts') }],
  [
    'domain-is-pure',
    'a rule borrows a type from a route',
    { 'src/halls/domain/e.ts': `export type { x } from '#halls/server/hall-rows.ts'\n` },
  ],
  [
    'slices-meet-in-domain',
    "a screen uses another slice's screen",
    { 'src/halls/client/a.ts': use('#people/client/people-words.ts') },
  ],
  [
    'slices-meet-in-domain',
    'a screen uses its own server',
    { 'src/halls/client/b.ts': use('#halls/server/apply-hall.ts') },
  ],
  ['slices-meet-in-domain', 'a screen uses the server kit', { 'src/halls/client/c.ts': use('#server/kit.ts') }],
  [
    'slices-meet-in-domain',
    'a route uses its own screen',
    { 'src/halls/server/a.ts': use('#halls/client/hall-words.ts') },
  ],
  ['slices-meet-in-domain', 'a route uses the design system', { 'src/halls/server/b.ts': use('#ui/knob.ts') }],
  ['kits-know-no-screens', 'the browser kit uses a screen', { 'src/client/a.ts': use('#halls/client/hall-words.ts') }],
  ['kits-know-no-screens', 'the server kit uses a route', { 'src/server/a.ts': use('#halls/server/hall-rows.ts') }],
  ['ui-knows-no-domain', 'a button uses a rule', { 'src/ui/a.ts': use('#halls/domain/hall.ts') }],
  ['ui-knows-no-domain', 'a button uses the browser kit', { 'src/ui/b.ts': use('#client/kit.ts') }],
  [
    'only-the-sync-engine-composes',
    "a route uses another slice's rows",
    { 'src/halls/server/c.ts': use('#people/server/people-rows.ts') },
  ],
  [
    'only-the-sync-engine-composes',
    'a route applies operations itself',
    { 'src/people/server/d.ts': use('#halls/server/apply-hall.ts') },
  ],
  ['sync-only-applies', 'the sync engine uses a route', { 'src/sync/server/a.ts': use('#halls/server/hall-rows.ts') }],
  ['mains-are-the-top', 'a screen uses an entry point', { 'src/halls/client/d.ts': use('#main.sw.ts') }],
  ['no-orphans', 'a file nobody needs', { 'src/halls/domain/lost.ts': EXPORT }],
  [
    'no-dev-deps-in-src',
    'the product uses a test tool',
    { 'src/halls/client/e.ts': `export { assert } from 'fast-check'\n` },
  ],
  ['no-unresolvable', 'an import that leads nowhere', { 'src/halls/client/f.ts': use('#halls/domain/nowhere.ts') }],
]

const planted = Object.assign({}, SOUND, ...WALLS.map(([, , files]) => files)) as Record<string, string>

describe('dependency-cruiser keeps the walls', () => {
  interface Violation {
    readonly from: string
    readonly rule: { readonly name: string }
  }
  const cruise = (files: Readonly<Record<string, string>>): readonly Violation[] =>
    inTree(files, (tree) => {
      const { text } = tree.run('dependency-cruiser/bin/dependency-cruiser.mjs', ['src', '--output-type', 'json'])
      return (JSON.parse(text) as { summary: { violations: Violation[] } }).summary.violations
    })
  let violations: readonly Violation[] = []
  beforeAll(() => {
    violations = cruise(planted)
  })

  test('a house without a fault passes', () => {
    expect(cruise(SOUND)).toEqual([])
  })

  test.each(WALLS)('%s: %s', (rule, _what, files) => {
    const guilty = Object.keys(files)[0]
    expect(violations.filter(({ from }) => from === guilty).map((violation) => violation.rule.name)).toContain(rule)
  })

  test('types may meet in a ring: they are gone before anything runs', () => {
    const found = cruise({
      ...SOUND,
      'src/halls/domain/egg.ts': `import type { Hen } from './hen.ts'\n\nexport interface Egg {\n  readonly laidBy: Hen\n}\nexport const SHELL = 1\n`,
      'src/halls/domain/hen.ts': `import { SHELL, type Egg } from './egg.ts'\n\nexport interface Hen {\n  readonly lays: Egg\n}\nexport const shell = SHELL\n`,
    })
    expect(found).toEqual([])
  })
})

describe('the compiler keeps the runtimes apart', () => {
  const FAULTS: readonly (readonly [what: string, file: string, text: string])[] = [
    ['a rule touches the window', 'src/halls/domain/t1.ts', 'export const title = () => window.name\n'],
    ['a rule touches the process', 'src/halls/domain/t2.ts', 'export const env = () => process.env\n'],
    ['a rule asks the network', 'src/halls/domain/t3.ts', `export const ask = () => fetch('/')\n`],
    [
      'a rule uses what old phones lack',
      'src/halls/domain/t4.ts',
      'export const sort = (a: number[]) => a.toSorted()\n',
    ],
    ['a screen reads files', 'src/halls/client/t5.ts', `export { readFile } from 'node:fs'\n`],
    ['a screen touches the process', 'src/halls/client/t6.ts', 'export const env = () => process.env\n'],
    ['a screen uses a server', 'src/halls/client/t7.ts', use('#halls/server/apply-hall.ts')],
    ['a route touches the document', 'src/halls/server/t8.ts', 'export const title = () => document.title\n'],
    ['a route uses a screen', 'src/halls/server/t9.ts', use('#halls/client/hall-words.ts')],
    ['a forgotten undefined', 'src/halls/domain/t10.ts', 'export const first = (a: string[]): string => a[0]\n'],
  ]
  const compile = (files: Readonly<Record<string, string>>): readonly string[] =>
    inTree(files, (tree) => {
      const { text } = tree.run('typescript7/bin/tsc', [
        '-b',
        'src/tsconfig.client.json',
        'src/tsconfig.server.json',
        'src/tsconfig.sw.json',
        '--pretty',
        'false',
      ])
      return text.split('\n').filter((line) => line.includes('error TS'))
    })
  let errors: readonly string[] = []
  beforeAll(() => {
    errors = compile({ ...SOUND, ...Object.fromEntries(FAULTS.map(([, file, text]) => [file, text])) })
  })

  test('a house without a fault compiles', () => {
    expect(compile(SOUND)).toEqual([])
  })

  test.each(FAULTS)('%s: does not compile', (_what, file) => {
    expect(errors.filter((line) => line.startsWith(`${file}(`))).not.toEqual([])
  })
})

describe('oxlint keeps the style', () => {
  const long = (count: number, line: string): string => `${line}\n`.repeat(count)
  const FAULTS: readonly (readonly [rule: string, file: string, text: string])[] = [
    ['no-default-export', 'src/halls/client/l1.ts', 'export default 1\n'],
    ['max-lines', 'src/halls/client/l2.ts', long(251, 'void 0')],
    ['max-lines-per-function', 'src/halls/client/l3.ts', `export function f() {\n${long(70, '  void 0')}}\n`],
    ['max-params', 'src/halls/client/l4.ts', 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e]\n'],
    ['complexity', 'src/halls/client/l5.ts', `export const f = (n: number) => ${long(10, '  n === 1 ? 2 :')} 3\n`],
    ['no-explicit-any', 'src/halls/client/l6.ts', 'export const f = (x: any) => x as unknown\n'],
    ['no-non-null-assertion', 'src/halls/client/l7.ts', 'export const f = (x: string | null) => x!\n'],
    [
      'consistent-type-imports',
      'src/halls/client/l8.ts',
      `import { VNode } from 'preact'\n\nexport type Node = VNode\n`,
    ],
    ['filename-case', 'src/halls/client/lNine.ts', EXPORT],
    ['no-console', 'src/halls/client/l10.ts', `console.log('x')\n`],
    ['no-restricted-properties', 'src/halls/client/l11.ts', `document.body.innerHTML = '<b>x</b>'\n`],
    ['no-danger', 'src/halls/client/l12.tsx', `export const a = <p dangerouslySetInnerHTML={{ __html: '' }} />\n`],
    ['no-eval', 'src/halls/client/l13.ts', `export const x: unknown = eval('1')\n`],
    ['no-floating-promises', 'src/halls/client/l14.ts', 'Promise.resolve(1)\n'],
    ['no-barrel-file', 'src/halls/client/l15.ts', `export * from './hall-words.ts'\n`],
    ['ban-ts-comment', 'src/halls/client/l16.ts', `// @ts-${'ignore'} it is fine\nexport const x: string = 'x'\n`],
  ]
  interface Diagnostic {
    readonly code: string
    readonly filename: string
  }
  const lint = (files: Readonly<Record<string, string>>): readonly Diagnostic[] =>
    inTree(files, (tree) => {
      const { text } = tree.run('oxlint/bin/oxlint', ['--format', 'json', 'src'])
      return (JSON.parse(text.slice(text.indexOf('{'))) as { diagnostics: Diagnostic[] }).diagnostics
    })
  let found: readonly Diagnostic[] = []
  beforeAll(() => {
    found = lint({ ...SOUND, ...Object.fromEntries(FAULTS.map(([, file, text]) => [file, text])) })
  })

  test('a house without a fault passes', () => {
    expect(lint(SOUND)).toEqual([])
  })

  test.each(FAULTS)('%s', (rule, file) => {
    const rules = found.filter(({ filename }) => filename === file).map(({ code }) => code)
    expect(rules.filter((code) => code.endsWith(`(${rule})`))).not.toEqual([])
  })
})

const trees: Tree[] = []
afterAll(() => trees.forEach((tree) => tree.remove()))

function inTree<Value>(files: Readonly<Record<string, string>>, work: (tree: Tree) => Value): Value {
  const tree = makeTree(files)
  trees.push(tree)
  return work(tree)
}
