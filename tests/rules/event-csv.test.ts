import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { EVENT_COLUMNS } from '#sessions/domain/event-csv-columns.ts'
import { draftFields, importSourceOf, previewEventCsv, withMeetingPlaceAsVenue } from '#sessions/domain/event-csv.ts'
import { ImportSource, SessionFields } from '#sessions/domain/session.ts'
import { Venue } from '#people/domain/venue.ts'
import { anyText } from '../make/any-text.ts'
import { type EventCells, makeEventCells, previewDraft, previewRows } from '../make/event-csv.ts'

test('a complete row gives a complete draft and no remark', () => {
  expect(previewDraft()).toMatchObject({
    row: 2,
    draft: {
      title: 'はじめてのスマホ教室',
      heldOn: '2026-05-12',
      startTime: '13:30',
      endTime: '15:00',
      capacity: 20,
      venueName: '中央公民館',
      suggestedVenueName: null,
      enrollUntilOn: null,
      note: null,
    },
    remarks: [],
  })
})

test('sign-up may close on the day itself', () => {
  const { draft, remarks } = previewDraft({ 申込期限日: '2026/5/12' })
  expect([draft.enrollUntilOn, remarks]).toEqual(['2026-05-12', []])
})

test('a free row has no remark about money', () => {
  for (const free of ['0', '０円', '無料', '']) {
    expect(previewDraft({ '料金(基本)': free, '料金(詳細)': free }).remarks).toEqual([])
  }
})

test('in a long row the description gives way, not how to sign up', () => {
  const { draft } = previewDraft({ 説明: 'あ'.repeat(3000), 対象者: '60歳以上', 申込方法: '電話で申し込む' })
  expect(draft.note).toHaveLength(1000)
  expect(draft.note).toMatch(/あ…\n対象：60歳以上\n申込方法：電話で申し込む$/)
})

test.each([
  ['no title', { 名称: '\u200B　' }, { code: 'title_missing' }],
  ['a day of no calendar', { 開始日: '2026-02-30' }, { code: 'impossible_day', text: '2026-02-30' }],
  ['a last day of no calendar', { 終了日: '令和8年6月31日' }, { code: 'impossible_day', text: '令和8年6月31日' }],
] as const)('a row with %s is refused', (_, cells, refused) => {
  expect(previewRows(cells)).toEqual([{ row: 2, refused }])
})

test('a row said twice is refused; one that only shares its key gets a key of its own', () => {
  const [, again, parallel] = previewRows({}, {}, { 場所名称: '羽島交流センター' })
  expect(again).toEqual({ row: 3, refused: { code: 'same_row_twice', otherRow: 2 } })
  expect(parallel).toMatchObject({ row: 4, remarks: [{ code: 'like_another_row', otherRow: 2 }] })
  expect(parallel).not.toMatchObject({ draft: { sourceKey: previewDraft().draft.sourceKey } })
})

test('a key survives what a spreadsheet does to a file, and changes with the day, the title and the city', () => {
  const key = (cells: EventCells) => previewDraft(cells).draft.sourceKey
  expect(key({ NO: '1', 開始日: '2026/5/12', 開始時刻: '13:30:00', 定員: '30' })).toBe(key({}))
  const others = [
    { NO: '2' },
    { 名称: '別の教室' },
    { 開始日: '2026-05-13' },
    { 開始時刻: '13:00' },
    { 都道府県コード又は市区町村コード: '112119' },
  ]
  expect(new Set([{}, ...others].map(key)).size).toBe(6)
})

test('blank rows are passed over, and row numbers stay those of the spreadsheet', () => {
  const preview = previewEventCsv([
    EVENT_COLUMNS,
    [''],
    makeEventCells({ NO: '1' }),
    [' ', '　'],
    makeEventCells({ NO: '2' }),
  ])
  expect(preview.ok && preview.value.map(({ row }) => row)).toEqual([3, 5])
})

test('a row with text beyond the last heading is refused: its columns may have moved', () => {
  const preview = previewEventCsv([EVENT_COLUMNS, [...makeEventCells(), 'x'], [...makeEventCells(), ' ']])
  expect(preview.ok && preview.value).toMatchObject([{ refused: { code: 'cells_beyond_header' } }, { draft: {} }])
})

test('a file that is not of this layout names the columns it lacks', () => {
  const other = [
    '都道府県コード又は市区町村コード',
    'NO',
    'イベント名',
    '開始日',
    '終了日',
    '開始時間',
    '終了時間',
    '場所名称',
    '定員',
  ]
  expect(previewEventCsv([other, other])).toEqual({
    ok: false,
    error: { code: 'not_this_layout', missing: ['名称', '開始時刻', '終了時刻', '日時備考', '集合場所'] },
  })
})

test('headings in full width and with blanks are the same headings', () => {
  const header = EVENT_COLUMNS.map((column) => `　${column.replace('(', '（').replace(')', '）')} `)
  expect(previewEventCsv([header, makeEventCells()])).toEqual(previewEventCsv([EVENT_COLUMNS, makeEventCells()]))
})

test.each([
  ['nothing', [], { code: 'empty_file' }],
  ['a blank first row', [['', ' ']], { code: 'empty_file' }],
  ['a header alone', [EVENT_COLUMNS, ['']], { code: 'empty_file' }],
  ['a column twice', [[...EVENT_COLUMNS, '定員'], makeEventCells()], { code: 'column_twice', columns: ['定員'] }],
  [
    '501 rows',
    [EVENT_COLUMNS, ...Array.from({ length: 501 }, (_, n) => makeEventCells({ NO: `${n}` }))],
    { code: 'too_many_rows', rowCount: 501, limitCount: 500 },
  ],
])('a file with %s is refused as a whole', (_, rows, error) => {
  expect(previewEventCsv(rows)).toEqual({ ok: false, error })
})

test('any text in any cell: every row is answered, and every draft is one that the wire accepts', () => {
  const anyCell = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 2, arbitrary: anyText })
  const anyRow = fc.oneof(
    fc
      .dictionary(fc.constantFrom(...EVENT_COLUMNS), anyText, { noNullPrototype: true })
      .map((cells) => makeEventCells(cells)),
    fc.array(anyCell, { maxLength: 55 }),
  )
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 4 }), (rows) => {
      const preview = previewEventCsv([EVENT_COLUMNS, ...rows, makeEventCells()])
      if (!preview.ok) throw new Error(preview.error.code)
      const filled = rows.flatMap((row, at) => (row.some((cell) => cell.trim() !== '') ? [at + 2] : []))
      expect(preview.value.map(({ row }) => row)).toEqual([...filled, rows.length + 2])
      const drafts = preview.value.filter((row) => 'draft' in row)
      for (const row of [...drafts, ...drafts.map(withMeetingPlaceAsVenue)]) {
        const fields = draftFields(row.draft, { kind: 'class', venueId: null })
        expect(v.parse(SessionFields, fields)).toEqual(fields)
        expect(v.parse(ImportSource, importSourceOf(row))).toEqual(importSourceOf(row))
        const { venueName: name, venueAddress: address } = row.draft
        if (name !== null) v.parse(v.omit(Venue, ['venueId']), { name, address, district: null })
      }
      expect(new Set(drafts.map(({ draft }) => draft.sourceKey)).size).toBe(drafts.length)
    }),
    { numRuns: 500 },
  )
})

test('any rows at all, header included, are answered', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyText, { maxLength: 5 }), { maxLength: 5 }), (rows) => {
      expect(previewEventCsv(rows).ok).toBe(false)
    }),
  )
})
