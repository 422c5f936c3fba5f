/** One row of the table in docs/security.md: what is asked, and the tests that prove it. */
export interface SecurityRow {
  readonly ids: string
  readonly proofs: readonly Proof[]
}
export interface Proof {
  readonly file: string
  /** The title of a test, alone or with those around it, or of a group of tests. */
  readonly name: string
}
/** One test of the last run, as vitest writes it down. */
export interface TestResult {
  readonly file: string
  readonly fullName: string
  readonly title: string
  readonly status: string
}

/** What the table has to answer for: chapters and sections of OWASP ASVS 5.0.0. A row may go only together with its line here. */
export const WANTED: readonly string[] = `
1.2.1–1.2.5, 1.3.1–1.3.3, 1.3.7
1.2.10
1.3.6
2.1.1–2.1.3, 2.2.1–2.2.3
2.3.1–2.3.4, 2.4.1
3.2.1, 3.2.2
3.3.1–3.3.4
3.4.1–3.4.6
3.5.1–3.5.3, 3.5.5
4.1.1–4.1.3, 4.2.1
5.2.1, 5.2.2, 5.4.2
6.1.1, 6.1.3, 6.3.1–6.3.4
6.4.1, 6.4.3, 6.4.4
6.5.1–6.5.5, 6.6.1–6.6.3
7.1–7.4, 7.5.1, 7.5.2
8.1–8.4
11.2–11.5
12.1–12.3
13.2–13.4
14.1, 14.2
14.3
15.1–15.3
16.1–16.5
`
  .trim()
  .split('\n')

/** The rows of the table under «What is asked, and the proof». */
export function readSecurityTable(markdown: string): readonly SecurityRow[] {
  const [, after = ''] = markdown.split('\n## What is asked, and the proof\n')
  const [part = ''] = after.split('\n## ')
  return part
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim())
      const proofs = [...(cells.at(-2) ?? '').matchAll(/`((?:tests|src)\/[^`:]+): "([^"`]+)"`/g)]
      return { ids: cells[1] ?? '', proofs: proofs.map(([, file = '', name = '']) => ({ file, name })) }
    })
}

/** What is wrong with the table, beside the last run of the tests. */
export function checkSecurityTable(rows: readonly SecurityRow[], results: readonly TestResult[]): readonly string[] {
  const known = rows.map(({ ids }) => ids)
  return [
    ...WANTED.filter((ids) => !known.includes(ids)).map((ids) => `${ids}: no row`),
    ...rows.filter(({ proofs }) => proofs.length === 0).map(({ ids }) => `${ids}: no proof`),
    ...rows.flatMap(({ ids, proofs }) =>
      proofs.flatMap((proof) => troubleOf(proof, results).map((text) => `${ids}: ${text}`)),
    ),
  ]
}

function troubleOf({ file, name }: Proof, results: readonly TestResult[]): readonly string[] {
  const meant = results.filter((one) => one.file === file && isCalled(one, name))
  if (meant.length === 0) return [`${file} has no test «${name}»`]
  return meant.filter(({ status }) => status !== 'passed').map((one) => `${file} «${one.fullName}» ${one.status}`)
}

function isCalled({ fullName, title }: TestResult, name: string): boolean {
  if (title.endsWith('…')) return name.startsWith(title.slice(0, -1)) // long titles made of a table are cut by the reporter
  return title === name || fullName === name || fullName.startsWith(`${name} `) || fullName.endsWith(` ${name}`)
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly Omit<TestResult, 'file'>[]
  }[]
}

/** The tests of a run, by their files from the root. */
export function readResults(json: string, root: string): readonly TestResult[] {
  const { testResults } = JSON.parse(json) as Report
  return testResults.flatMap(({ name, assertionResults }) => {
    const file = name.replaceAll('\\', '/').replace(`${root.replaceAll('\\', '/')}/`, '')
    return assertionResults.map(({ fullName, title, status }) => ({ file, fullName, title, status }))
  })
}
