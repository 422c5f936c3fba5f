import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { auditCsv } from '#audit/domain/audit-csv.ts'
import type { AuditRow } from '#audit/domain/audit-page.ts'

const AS_WRITTEN = { delimiter: ',', newline: '\r\n' } as const

/** What a spreadsheet would take for a formula, also behind signs that nobody sees. */
const HOSTILE = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '＝1',
  '＋1',
  '－1',
  '＠A1',
  '\u200b=1',
  '\ufeff=1',
  '=cmd|"/c calc"!A1',
  '=HYPERLINK("http://x.example","x")',
  "-2+3+cmd|' /C calc'!A0",
  '"=1',
  '",=1',
  '\u00a0@A1',
]

test.each(HOSTILE)('a name such as %j stays a text', (name) => {
  const row: AuditRow = {
    seq: 1,
    at: '2026-05-12T04:30:00.000Z' as AuditRow['at'],
    actorKind: 'staff',
    actorName: name,
    action: 'signIn.done',
    outcome: 'accepted',
    objects: [{ kind: 'session', id: 'x', name, path: null }],
    reason: name,
    count: null,
    deviceId: null,
  }
  const [, line = []] = Papa.parse<string[]>(auditCsv([row], false), AS_WRITTEN).data
  expect(line).toHaveLength(12)
  for (const cell of line) expect(cell).not.toMatch(/^[\s\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠]/u)
  expect([line[4], line[9]].map((cell) => cell?.replace(/^'/, ''))).toEqual([name, name])
})
