import ts from 'typescript'
import { type Check, type Fault, faultAt, matching, type Sources, visit } from './source.ts'

/** One statement of the source, with a mark where a value goes. */
export interface Statement {
  readonly path: string
  readonly text: string
  /** As PostgreSQL gets it, with `$1`, `$2` … for values. */
  readonly numbered: string
  readonly at: (sentence: string) => Fault
}

/** What is inserted once and never changed (docs/ARCHITECTURE.md, invariant 2). */
const FACTS = [
  'operations',
  'attendance_marks',
  'attendance_undos',
  'enrollments',
  'seat_grants',
  'enrollment_cancellations',
  'certifications',
  'learner_merges',
  'learner_separations',
  'year_closings',
  'year_rows',
]

/** The one exception: the words about a person go with the person (docs/decisions/031-erasure.md). */
const ERASES = { path: 'src/people/server/erase-said.ts', fact: 'operations' }

/** A person exists from the first time somebody signs up or walks in. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  learners: ['attendance', 'enrollment', 'people'],
  pairings: ['login', 'sync'], // ended at the desk; that the phone came back and let go is seen where it comes back
  operations: ['sync', 'people'], // what was said of a person is erased with them
}

/** No statement crosses cities: whatever reads or writes a table or a view names `city`. */
export const everyStatementNamesCity: Check = (sources) => {
  const names = tablesAndViews(sources)
  return statements(sources)
    .filter(({ text }) => names.some((name) => new RegExp(`\\b${name}\\b`).test(text)) && !/\bcity\b/.test(text))
    .map(({ at }) => at('a statement that does not name the city'))
}

/** Facts are inserted, never updated: a correction is a newer fact. */
export const factsAreOnlyInserted: Check = (sources) =>
  statements(sources).flatMap(({ path, text, at }) =>
    FACTS.filter((fact) => !(path === ERASES.path && fact === ERASES.fact) && changes(text, fact)).map((fact) =>
      at(`${fact} are facts: inserted, never changed`),
    ),
  )

function changes(text: string, fact: string): boolean {
  const updatedOnConflict = new RegExp(`insert\\s+into\\s+${fact}\\b[^]*do\\s+update`, 'i')
  return new RegExp(`(?:update|delete\\s+from|truncate)\\s+${fact}\\b`, 'i').test(text) || updatedOnConflict.test(text)
}

/** SQL may read any table; it writes only its own slice's. */
export const oneSliceWritesATable: Check = (sources) => {
  const writers = new Map<string, Map<string, Fault>>()
  for (const { path, text, at } of statements(sources)) {
    const slice = /^src\/([^/]+)\/server\//.exec(path)?.[1]
    if (slice === undefined) continue
    for (const [, table = ''] of text.matchAll(
      /(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)(?=\s+(?:as|set|\(|where|using)|\s*\()/gi,
    )) {
      if (SHARED[table]?.includes(slice)) continue
      const fault = at(`${table} is written by more than one slice`)
      writers.set(table, (writers.get(table) ?? new Map<string, Fault>()).set(slice, fault))
    }
  }
  return [...writers.values()].filter((slices) => slices.size > 1).flatMap((slices) => [...slices.values()])
}

/** SQL text made at run time is for migrations alone: elsewhere a value could become text. */
export const sqlIsWrittenInTheSource: Check = (sources) => {
  const faults: Fault[] = []
  for (const [path, text] of matching(sources, /^src\/.*\.tsx?$/)) {
    if (/^src\/server\/(?:database|migrate)\.ts$/.test(path)) continue
    visit(path, text, (node, file) => {
      if (ts.isIdentifier(node) && node.text === 'asStatement')
        faults.push(faultAt(file, node, 'SQL text made at run time'))
    })
  }
  return faults
}

function tablesAndViews(sources: Sources): readonly string[] {
  return matching(sources, /^src\/server\/migrations\/.*\.sql$/).flatMap(([, text]) =>
    [...text.matchAll(/create\s+(?:table|view)\s+([a-z_]+)/gi)].map(([, name]) => name ?? ''),
  )
}

/** Every statement that the program can ever say: text made at run time is refused by a check above. */
export function statements(sources: Sources): readonly Statement[] {
  const found: Statement[] = []
  for (const [path, text] of matching(sources, /^src\/.*\.tsx?$/)) {
    visit(path, text, (node, file) => {
      if (!ts.isTaggedTemplateExpression(node) || !/(?:^|\.)sql$/.test(node.tag.getText(file))) return
      const parts = partsOf(node.template)
      const numbered = parts.reduce((before, part, index) => `${before}$${index}${part}`)
      found.push({ path, text: sqlOf(parts), numbered, at: (sentence) => faultAt(file, node, sentence) })
    })
  }
  return found
}

function partsOf(template: ts.TemplateLiteral): readonly string[] {
  return ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]
}

/** The SQL alone: comments are gone, and so are the names of the values. */
function sqlOf(parts: readonly string[]): string {
  return parts.join(' ? ').replace(/--.*/g, '')
}

/** What a table's keys look like in the real catalog. */
export interface TableKeys {
  readonly table: string
  /** Of the primary key, each unique constraint and index, in order. */
  readonly primary: readonly string[]
  readonly unique: readonly (readonly string[])[]
  readonly foreign: readonly (readonly string[])[]
}

/** Tables of ours that belong to the program and not to a city. */
const BOOKKEEPING = ['schema_migrations']

/** Every key starts with `city`, so that cities can be kept on different machines one day. */
export function keysStartWithCity(tables: readonly TableKeys[]): readonly Fault[] {
  return tables
    .filter(({ table }) => !BOOKKEEPING.includes(table))
    .flatMap(({ table, primary, unique, foreign }) => [
      ...(primary[0] === 'city' ? [] : [`${table}: its primary key does not start with city`]),
      ...unique
        .filter((key) => !key.includes('city'))
        .map((key) => `${table}: unique (${key.join(', ')}) crosses cities`),
      ...foreign
        .filter((key) => !key.includes('city'))
        .map((key) => `${table}: a reference by (${key.join(', ')}) crosses cities`),
    ])
}
