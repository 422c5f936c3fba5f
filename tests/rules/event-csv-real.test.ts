import { readFileSync } from 'node:fs'
import Encoding from 'encoding-japanese'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { EVENT_COLUMNS } from '#sessions/domain/event-csv-columns.ts'
import {
  draftFields,
  type ImportDraft,
  importSourceOf,
  previewEventCsv,
  withMeetingPlaceAsVenue,
} from '#sessions/domain/event-csv.ts'
import { ImportSource, SESSION_KINDS, SessionFields } from '#sessions/domain/session.ts'
import { readCsvBytes } from '#sessions/client/read-csv-file.ts'

const FILE = new Uint8Array(readFileSync(new URL('../data/municipal-smartphone-classes-2022.csv', import.meta.url)))
const FREE_WITH_SEATS = ['venue_missing']
const NO_CAPACITY = ['venue_missing', 'capacity_missing']
const WITH_FEE = ['venue_missing', 'fee_stated']

// Read by eye from the file, not by the code under test: row, day, start, end, capacity, 集合場所, deadline, remarks.
const BY_HAND = [
  [2, '2022-01-24', '10:30', '12:00', 20, '本庄市役所2階職員厚生室', null, FREE_WITH_SEATS],
  [3, '2022-01-24', '13:30', '15:00', 20, '本庄市役所2階職員厚生室', null, FREE_WITH_SEATS],
  [4, '2022-01-31', '10:30', '12:00', 20, '本庄市役所2階職員厚生室', null, FREE_WITH_SEATS],
  [5, '2022-01-31', '13:30', '15:00', 20, '本庄市役所2階職員厚生室', null, FREE_WITH_SEATS],
  [6, '2022-01-25', '10:00', '12:00', null, '東部公民館　3階　第2・3集会室', null, NO_CAPACITY],
  [7, '2022-02-22', '10:00', '12:00', null, '東部公民館　3階　第2・3集会室', null, NO_CAPACITY],
  [8, '2022-03-22', '10:00', '12:00', null, '東部公民館　3階　第2・3集会室', null, NO_CAPACITY],
  [9, '2022-01-28', '09:30', '11:30', 28, '美浜公民館・大集会室', null, FREE_WITH_SEATS],
  [10, '2022-02-07', '13:30', '15:30', 28, '高洲公民館・大集会室', null, FREE_WITH_SEATS],
  [11, '2022-02-16', '13:30', '15:30', 28, '美浜公民館・大集会室', null, FREE_WITH_SEATS],
  [12, '2022-02-02', '10:00', '12:00', null, '薬師堂会館(山王三・四丁目自治会会館)', '2022-01-21', NO_CAPACITY],
  [13, '2022-02-09', '14:00', '16:00', null, '新井宿六丁目町会会館', '2022-01-21', NO_CAPACITY],
  [14, '2022-02-16', '19:00', '21:00', null, '新井宿特別出張所　3階会議室', '2022-01-21', NO_CAPACITY],
  [15, '2022-03-02', '14:00', '16:00', null, '薬師堂会館(山王三・四丁目自治会会館)', '2022-02-18', NO_CAPACITY],
  [16, '2022-03-09', '10:00', '12:00', null, '新井宿六丁目町会会館', '2022-02-18', NO_CAPACITY],
  [17, '2022-03-16', '19:00', '21:00', null, '新井宿特別出張所　3階会議室', '2022-02-18', NO_CAPACITY],
  [18, '2022-02-26', '10:00', '15:00', 20, '大田区青少年交流センターゆいっつ', '2021-12-17', FREE_WITH_SEATS],
  [19, '2022-02-08', '10:00', '12:00', 10, 'ゆうゆう荻窪東館', null, WITH_FEE],
  [20, '2022-02-22', '10:00', '12:00', 10, 'ゆうゆう荻窪東館', null, WITH_FEE],
  [21, '2022-03-08', '10:00', '12:00', 10, 'ゆうゆう荻窪東館', null, WITH_FEE],
  [22, '2022-03-22', '10:00', '12:00', 10, 'ゆうゆう荻窪東館', null, WITH_FEE],
  [
    23,
    '2022-01-27',
    '13:30',
    '16:00',
    10,
    'みらい館大明',
    null,
    ['venue_missing', 'several_days_mentioned', 'fee_stated'],
  ],
  [24, '2022-02-10', '14:00', '17:00', 30, '武蔵野商工会館', '2022-02-02', FREE_WITH_SEATS],
  [25, '2022-02-15', '14:00', '17:00', 15, '武蔵野市役所', '2022-02-02', FREE_WITH_SEATS],
  [26, '2022-02-18', '14:00', '17:00', 30, '武蔵野プレイス', '2022-02-02', FREE_WITH_SEATS],
] as const

function read(bytes: Uint8Array): ReturnType<typeof readCsvBytes> & { ok: true } {
  const result = readCsvBytes(bytes)
  if (!result.ok) throw new Error(result.error.code)
  return result
}

function draftsOf(bytes: Uint8Array): readonly ImportDraft[] {
  const preview = previewEventCsv(read(bytes).value.rows)
  if (!preview.ok) throw new Error(preview.error.code)
  return preview.value.filter((row) => 'draft' in row)
}

test('the layout is the header of the real file, column by column', () => {
  expect(EVENT_COLUMNS).toEqual(read(FILE).value.rows[0])
})

test('25 real rows of seven cities give 25 drafts with the days, times, capacities and deadlines a person reads', () => {
  const drafts = draftsOf(FILE)
  const seen = drafts.map(({ row, draft, remarks }) => [
    row,
    draft.heldOn,
    draft.startTime,
    draft.endTime,
    draft.capacity,
    draft.suggestedVenueName,
    draft.enrollUntilOn,
    remarks.map(({ code }) => code),
  ])
  expect(seen).toEqual(BY_HAND)
  expect(drafts.every(({ draft }) => draft.venueName === null)).toBe(true)
})

test('titles, fees, addresses and notes keep the words of the file', () => {
  const drafts = draftsOf(FILE)
  const row = (number: number) => drafts.find((found) => found.row === number)
  expect(row(2)?.draft.title).toBe('初心者スマホ教室')
  expect(row(2)?.draft.venueAddress).toBeNull() // the file says 本庄市 and no more
  expect(row(2)?.draft.note).toMatch(
    /^スマートフォンの使い方や[^]*\n集合場所：本庄市役所2階職員厚生室\n申込方法：電話または直接商工観光課まで\n受付開始日/,
  )
  expect(row(12)?.draft.venueAddress).toBe('東京都大田区山王三丁目29番8号 ザ・グローベル大森山王1階')
  expect(row(23)?.remarks).toEqual([
    { code: 'venue_missing' },
    { code: 'several_days_mentioned', text: 'みらい館大明「スマホ講座(入門編)」全3回' },
    { code: 'fee_stated', text: '5500円 5,500円/3回' },
  ])
  expect(row(23)?.draft.note).toContain('料金：5500円 5,500円/3回')
  expect(row(23)?.draft.note).toContain('行き方：池袋駅西口c1番出口徒歩15分\n東京メトロ要町駅5番出口徒歩12分')
})

test('every real draft is a session that the wire accepts, for each kind', () => {
  for (const row of draftsOf(FILE)) {
    for (const kind of SESSION_KINDS) {
      const fields = draftFields(row.draft, { kind, venueId: null })
      expect(v.parse(SessionFields, fields)).toEqual(fields)
    }
    expect(v.parse(ImportSource, importSourceOf(row))).toEqual(importSourceOf(row))
  }
})

test('every real row has a key of its own, although NO repeats across cities', () => {
  expect(new Set(draftsOf(FILE).map(({ draft }) => draft.sourceKey)).size).toBe(25)
})

test('on request the 集合場所 becomes the venue, and nothing is said twice', () => {
  for (const row of draftsOf(FILE)) {
    const { draft, remarks } = withMeetingPlaceAsVenue(row)
    expect(draft).toMatchObject({ venueName: row.draft.suggestedVenueName, suggestedVenueName: null })
    expect(draft.note).not.toContain('集合場所：')
    expect(remarks.map(({ code }) => code)).not.toContain('venue_missing')
    expect(draft.sourceKey).toBe(row.draft.sourceKey)
  }
})

test('UTF-8 without BOM and Shift_JIS give the very same drafts', () => {
  const withoutBom = FILE.subarray(3)
  const shiftJis = new Uint8Array(Encoding.convert(withoutBom, { from: 'UTF8', to: 'SJIS' }))
  expect([...FILE.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(read(FILE).value.encoding).toBe('utf-8')
  expect(read(shiftJis).value.encoding).toBe('shift_jis')
  expect(draftsOf(withoutBom)).toEqual(draftsOf(FILE))
  expect(draftsOf(shiftJis)).toEqual(draftsOf(FILE))
})

test('the columns may stand in another order, with others between them', () => {
  const rows = read(FILE).value.rows.filter((row) => row.length > 1)
  const turned = rows.map((row, at) => [at === 0 ? '地区' : `地区${at}`, ...row.toReversed(), at === 0 ? '掲載日' : ''])
  const [straight, other] = [previewEventCsv(rows), previewEventCsv(turned)]
  expect(other).toEqual(straight)
})

test('the same file twice in one is refused row by row', () => {
  const [header = [], ...body] = read(FILE).value.rows.filter((row) => row.length > 1)
  const preview = previewEventCsv([header, ...body, ...body])
  if (!preview.ok) throw new Error(preview.error.code)
  expect(preview.value.slice(25).map((row) => ('refused' in row ? row.refused : null))).toEqual(
    body.map((_, index) => ({ code: 'same_row_twice', otherRow: index + 2 })),
  )
})
