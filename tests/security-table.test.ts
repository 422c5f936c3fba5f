import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkSecurityTable, readResults, readSecurityTable, WANTED } from './tidy/security-table.ts'

const table = (...rows: readonly string[]) =>
  [
    '# x',
    '## What is asked, and the proof',
    '',
    '| ASVS | asks | how | proof |',
    '|---|---|---|---|',
    ...rows,
    '',
    '## More',
    '| 9.9 | a | b | c |',
  ].join('\n')
const line = (ids: string, proof: string): string => `| ${ids} | asks | how | ${proof} |`
const proven = '`tests/a.test.ts: "a door is shut"`'
const whole = WANTED.map((ids) => line(ids, proven))
const results = (status: string) =>
  readResults(
    JSON.stringify({
      testResults: [
        {
          name: '/house/tests/a.test.ts',
          assertionResults: [
            { fullName: 'a door is shut at night', title: 'at night', status },
            { fullName: 'a door is shut by day', title: 'by day', status: 'passed' },
          ],
        },
      ],
    }),
    '/house',
  )
const check = (rows: readonly string[], status = 'passed') =>
  checkSecurityTable(readSecurityTable(table(...rows)), results(status))

describe('the table of docs/security.md', () => {
  test('is sound when every row names tests that passed', () => {
    expect(check(whole)).toEqual([])
  })

  test.each([
    ['a row is gone', whole.slice(1), 'passed'],
    ['a row has no proof', [line(WANTED[0] ?? '', 'by looking'), ...whole.slice(1)], 'passed'],
    [
      'a test does not exist',
      [line(WANTED[0] ?? '', '`tests/a.test.ts: "a window is shut"`'), ...whole.slice(1)],
      'passed',
    ],
    [
      'a file does not exist',
      [line(WANTED[0] ?? '', '`tests/b.test.ts: "a door is shut"`'), ...whole.slice(1)],
      'passed',
    ],
    ['a test failed', whole, 'failed'],
    ['a test was skipped', whole, 'skipped'],
  ])('is not when %s', (_what, rows, status) => {
    expect(check(rows, status)).not.toEqual([])
  })

  test('as it stands has a row for everything that is wanted, and a proof in each', () => {
    const rows = readSecurityTable(readFileSync(join(import.meta.dirname, '../docs/security.md'), 'utf8'))
    expect(rows.map(({ ids }) => ids).sort()).toEqual([...WANTED].sort())
    expect(rows.filter(({ proofs }) => proofs.length === 0)).toEqual([])
  })
})
