import { beforeAll, describe, expect, test } from 'vitest'
import * as code from './tidy/code-checks.ts'
import { type Check, readSources, type Sources } from './tidy/source.ts'
import * as sql from './tidy/sql-checks.ts'
import * as words from './tidy/words-checks.ts'

const TABLE = ['src/server/migrations/0001_x.sql', 'create table halls (city text, primary key (city));'] as const
const COLORS = ['src/ui/tokens.css', ':root { --color-text: #333333; }'] as const
const PAGE = ['src/halls/client/hall-page.tsx', 'export const a = 1'] as const
const REMIND = `TO${'DO'}`

/** Each check, by its requirement, with sound files that pass and files that must not. */
const CHECKS: readonly {
  readonly title: string
  readonly check: Check
  readonly sound: Readonly<Record<string, string>>
  readonly faulty: readonly Readonly<Record<string, string>>[]
}[] = [
  {
    title: 'domain and kernel take time and chance as arguments',
    check: code.noClockOrChance,
    sound: {
      'src/halls/domain/a.ts':
        'export const f = (now: string, crypto: string) => [new Date(now), Date.parse(now), { performance: 1 }]',
      'src/halls/client/b.ts': 'export const f = () => Date.now()',
    },
    faulty: [
      'Date.now()',
      'new Date()',
      'Date()',
      'Math.random()',
      'crypto.randomUUID()',
      'performance.now()',
      'setTimeout(f, 1)',
      `new Intl.DateTimeFormat('ja').format()`,
    ].flatMap((body) => [
      { 'src/halls/domain/a.ts': `export const f = (): unknown => ${body}` },
      { 'src/kernel/a.ts': `export const f = (): unknown => ${body}` },
    ]),
  },
  {
    title: 'no test is hidden, nothing is left over',
    check: code.nothingLeftOver,
    sound: {
      'src/halls/domain/a.ts': `// any time is fine\nexport const s = 'as any'\nexport const { only } = { only: 1 }`,
    },
    faulty: [
      { 'tests/a.test.ts': `test.${'only'}('x', () => undefined)` },
      { 'tests/a.test.ts': `describe.${'skip'}('x', () => undefined)` },
      { 'src/halls/domain/a.ts': `// ${REMIND}: later` },
      { 'src/server/migrations/0001_x.sql': `-- ${REMIND}: later` },
      { 'src/halls/domain/a.ts': 'export const a = 1 as any' },
      { 'src/halls/domain/a.ts': `// @ts-${'ignore'}` },
      { 'src/halls/domain/a.ts': 'debugger' },
    ],
  },
  {
    title: 'no inline style, no markup made of text',
    check: code.nothingInline,
    sound: { 'src/ui/a.tsx': 'export const A = () => <p class="style">style</p>' },
    faulty: [
      { 'src/ui/a.tsx': 'export const A = () => <p style="color:var(--x)" />' },
      { 'src/ui/a.tsx': 'export const A = () => <p dangerouslySetInnerHTML={{ __html: "" }} />' },
    ],
  },
  {
    title: 'no file is longer than 250 lines',
    check: code.shortFiles,
    sound: { 'src/ui/a.ts': 'x\n'.repeat(250) },
    faulty: [{ 'src/ui/a.ts': 'x\n'.repeat(251) }, { 'src/ui/a.css': 'x\n'.repeat(251) }],
  },
  {
    title: 'no secret is kept in the house',
    check: code.noSecrets,
    sound: { 'README.md': 'DATABASE_URL=postgres://user:password@host:5432/name' },
    faulty: [
      { 'README.md': `-----BEGIN ${'PRIVATE'} KEY-----` },
      { 'src/a.ts': `export const t = 'ghp_${'a1'.repeat(18)}'` },
      { 'src/a.ts': `export const u = 'postgres://city:${'hunter2hunter2'}@db.example.jp/city'` },
    ],
  },
  {
    title: 'every statement on a table names the city',
    check: sql.everyStatementNamesCity,
    sound: Object.fromEntries([
      TABLE,
      ['src/halls/server/a.ts', 'sql`select * from halls where city = ${city}`\nsql`select pg_notify(${a}, ${b})`'],
    ]),
    faulty: [
      'sql`select * from halls where hall_id = ${city}`',
      'context.sql<Row>`delete from halls -- of the city`',
    ].map((text) => Object.fromEntries([TABLE, ['src/halls/server/a.ts', text]])),
  },
  {
    title: 'facts are inserted, never changed',
    check: sql.factsAreOnlyInserted,
    sound: { 'src/a.ts': 'sql`insert into attendance_marks values (${city}) on conflict (city, mark_id) do nothing`' },
    faulty: [
      'sql`update attendance_marks set learner_id = ${id} where city = ${city}`',
      'sql`delete from enrollments where city = ${city}`',
      'sql`insert into operations values (${city}) on conflict (city, id) do update set outcome = ${x}`',
    ].map((text) => ({ 'src/a.ts': text })),
  },
  {
    title: 'a table is written by one slice',
    check: sql.oneSliceWritesATable,
    sound: {
      'src/halls/server/a.ts':
        'sql`insert into halls (city) values (${city})`\nsql`update halls set a = 1 where city = ${city}`',
      'src/people/server/a.ts': 'sql`select * from halls where city = ${city} for update`',
    },
    faulty: [
      {
        'src/halls/server/a.ts': 'sql`insert into halls (city) values (${city})`',
        'src/people/server/a.ts': 'sql`update halls set a = 1 where city = ${city}`',
      },
    ],
  },
  {
    title: 'SQL text is written in the source, never made at run time',
    check: sql.sqlIsWrittenInTheSource,
    sound: { 'src/server/migrate.ts': 'sql(asStatement(text))' },
    faulty: [{ 'src/halls/server/a.ts': 'sql(asStatement(text))' }],
  },
  {
    title: 'colors live in src/ui/tokens.css alone',
    check: words.colorsOnlyInTokens,
    sound: Object.fromEntries([
      COLORS,
      ['src/ui/a.module.css', '/* red */ .red { color: var(--color-text); background: transparent; inset: 0 }'],
      ['src/client/document.ts', `const THEME = '#333333'`],
    ]),
    faulty: [
      ['src/ui/a.module.css', '.a { color: #fff; }'],
      ['src/ui/a.module.css', '.a { border: 1px solid red }'],
      ['src/halls/client/a.module.css', '.a { color: rgb(0 0 0 / 0.5); }'],
      ['src/client/document.ts', `const THEME = '#123456'`],
    ].map((file) => Object.fromEntries([COLORS, file])),
  },
  {
    title: 'a slice with screens has words in Japanese, English and やさしい日本語',
    check: words.screensHaveWords,
    sound: Object.fromEntries([
      PAGE,
      ...['ja', 'en', 'ja-easy'].map((name) => [`src/halls/client/messages.${name}.ts`, '']),
    ]),
    faulty: [Object.fromEntries([PAGE, ...['ja', 'en'].map((name) => [`src/halls/client/messages.${name}.ts`, ''])])],
  },
  {
    title: 'a rule stated twice names its twin, and the twin exists',
    check: words.twinsExist,
    sound: {
      'src/server/migrations/0001_x.sql': 'create view present as -- twin of presentLearners() in halls/domain/a.ts',
      'src/halls/domain/a.ts': '/** Twin of the SQL view `present`. */ export function presentLearners() {}',
    },
    faulty: [
      { 'src/server/migrations/0001_x.sql': '-- twin of gone() in halls/domain/a.ts', 'src/halls/domain/a.ts': '' },
      { 'src/server/migrations/0001_x.sql': '-- twin of gone() in halls/domain/nowhere.ts' },
      { 'src/halls/domain/a.ts': '// twin of the SQL view `gone`' },
      { 'src/halls/domain/a.ts': '// twin of something else' },
    ],
  },
  {
    title: 'docs/ARCHITECTURE.md names each folder of src and each operation',
    check: words.mapIsComplete,
    sound: {
      'docs/ARCHITECTURE.md': '`halls/` `sync/` `hall.open`',
      'src/halls/domain/a.ts': '',
      'src/sync/domain/protocol.ts': `operation('hall.open', Open)`,
    },
    faulty: [
      { 'docs/ARCHITECTURE.md': '', 'src/halls/domain/a.ts': '' },
      { 'docs/ARCHITECTURE.md': '`sync/`', 'src/sync/domain/protocol.ts': `operation('hall.open', Open)` },
    ],
  },
  {
    title: 'the map stays a map: ARCHITECTURE ≤ 200 lines, CONTRIBUTING ≤ 60',
    check: words.shortDocuments,
    sound: { 'docs/ARCHITECTURE.md': 'x\n'.repeat(200), 'CONTRIBUTING.md': 'x\n'.repeat(60) },
    faulty: [{ 'docs/ARCHITECTURE.md': 'x\n'.repeat(201) }, { 'CONTRIBUTING.md': 'x\n'.repeat(61) }],
  },
  {
    title: 'each rule of the city that the code cites is written in docs/rules.md',
    check: words.rulesAreWritten,
    sound: { 'docs/rules.md': '## seats\n\n## few', 'src/a.ts': '// docs/rules.md#seats and #few' },
    faulty: [
      { 'docs/rules.md': '## seats', 'src/a.ts': '// docs/rules.md#chairs' },
      { 'docs/rules.md': '## seats', 'src/a.ts': '// docs/rules.md#seats and #few' },
    ],
  },
  {
    title: 'each package has one exact version and a decision record',
    check: words.packagesAreDecided,
    sound: {
      'package.json': '{"dependencies":{"idb":"8.0.4","ts7":"npm:typescript@7.0.2","@types/pg":"1.0.0"}}',
      'docs/decisions/001-a.md': '`idb` and `ts7`',
    },
    faulty: [
      { 'package.json': '{"dependencies":{"idb":"8.0.4"}}', 'docs/decisions/001-a.md': 'idb' },
      { 'package.json': '{"devDependencies":{"idb":"^8.0.4"}}', 'docs/decisions/001-a.md': '`idb`' },
    ],
  },
  {
    title: 'the lock names the binaries of every platform, or npm ci refuses it',
    check: words.lockIsComplete,
    sound: {
      'package-lock.json':
        '{"packages":{"node_modules/a":{"optionalDependencies":{"@a/linux":"1"}},"node_modules/@a/linux":{}}}',
    },
    faulty: [{ 'package-lock.json': '{"packages":{"node_modules/a":{"optionalDependencies":{"@a/linux":"1"}}}}' }],
  },
  {
    title: 'a decision record has its date, status, context, decision, alternatives and consequences',
    check: words.decisionsAreComplete,
    sound: {
      'docs/decisions/001-a.md': 'Date: 2026\nStatus: x\n## Context\n## Decision\n## Also looked at\n## Consequences',
    },
    faulty: [{ 'docs/decisions/001-a.md': 'Date: 2026\nStatus: x\n## Context\n## Decision\n## Consequences' }],
  },
  {
    title: 'the top level holds what a visitor needs, and nothing else',
    check: words.topLevelIsShort,
    sound: { 'README.md': '', '.oxlintrc.json': '', 'src/a.ts': '' },
    faulty: [{ 'notes.md': '' }, { 'knip.json': '' }],
  },
]

const asSources = (files: Readonly<Record<string, string>>): Sources => new Map(Object.entries(files))

describe('the house is tidy', () => {
  let house: Sources = new Map()
  beforeAll(() => {
    house = readSources()
  })

  test('there is a house to look at', () => {
    expect([...house.keys()].filter((path) => path.startsWith('src/')).length).toBeGreaterThan(100)
  })

  test.each(CHECKS)('$title', ({ check }) => {
    expect(check(house)).toEqual([])
  })
})

describe('each check finds a planted fault, and only that', () => {
  test.each(CHECKS)('$title', ({ check, sound, faulty }) => {
    expect(check(asSources(sound))).toEqual([])
    for (const files of faulty) expect(check(asSources(files)), JSON.stringify(files)).not.toEqual([])
  })
})
