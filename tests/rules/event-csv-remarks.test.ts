import { expect, test } from 'vitest'
import { importJa } from '#sessions/client/import-messages.ja.ts'
import { type EventCells, previewDraft } from '../make/event-csv.ts'

const PLANTED: readonly (readonly [string, EventCells, object, object])[] = [
  ['no venue', { 場所名称: '　' }, { code: 'venue_missing' }, { venueName: null, suggestedVenueName: null }],
  [
    'only a meeting place',
    { 場所名称: '', 集合場所: '駅前広場' },
    { code: 'venue_missing' },
    { venueName: null, suggestedVenueName: '駅前広場' },
  ],
  ['no day', { 開始日: '' }, { code: 'day_missing' }, { heldOn: null }],
  ['a day in words', { 開始日: '毎週火曜日' }, { code: 'day_unclear', text: '毎週火曜日' }, { heldOn: null }],
  ['a last day in words', { 終了日: '未定' }, { code: 'day_unclear', text: '未定' }, { heldOn: null }],
  ['no last day', { 終了日: '' }, { code: 'last_day_missing' }, { heldOn: '2026-05-12' }],
  [
    'a period',
    { 終了日: '2026/5/14' },
    { code: 'period_not_a_day', firstOn: '2026-05-12', lastOn: '2026-05-14' },
    { heldOn: null, startTime: '13:30' },
  ],
  [
    'a series in the title',
    { 名称: 'スマホ教室（全３回）' },
    { code: 'several_days_mentioned', text: 'スマホ教室（全３回）' },
    { heldOn: '2026-05-12' },
  ],
  [
    'a series in the description',
    { 説明: '持ち物はスマホです。\n3日間連続の講座です。' },
    { code: 'several_days_mentioned', text: '3日間連続の講座です。' },
    { heldOn: '2026-05-12' },
  ],
  ['no times', { 開始時刻: '', 終了時刻: '' }, { code: 'time_missing' }, { startTime: null, endTime: null }],
  ['no start', { 開始時刻: '' }, { code: 'start_time_missing' }, { startTime: null, endTime: '15:00' }],
  ['no end', { 終了時刻: '' }, { code: 'end_time_missing' }, { startTime: '13:30', endTime: null }],
  ['a vague time', { 開始時刻: '昼頃' }, { code: 'time_unclear', text: '昼頃' }, { startTime: null, endTime: '15:00' }],
  [
    'times in 日時備考 only',
    { 開始時刻: '', 終了時刻: '', 日時備考: '１３：３０から１５：００まで' },
    { code: 'time_only_in_text', text: '１３：３０から１５：００まで' },
    { startTime: null, endTime: null },
  ],
  [
    'times in the description only',
    { 開始時刻: '', 終了時刻: '', 説明: 'スマホの話です。\n午前10時から正午まで行います。' },
    { code: 'time_only_in_text', text: '午前10時から正午まで行います。' },
    { startTime: null, endTime: null },
  ],
  [
    'a length is no time',
    { 開始時刻: '', 終了時刻: '', 説明: '2時間の講座です。電話 047-305-6200' },
    { code: 'time_missing' },
    { startTime: null },
  ],
  ['a time at night', { 開始時刻: '1:30' }, { code: 'time_unusual', startTime: '01:30' }, { startTime: '01:30' }],
  [
    'an end before the start',
    { 終了時刻: '13:30' },
    { code: 'times_reversed', startTime: '13:30', endTime: '13:30' },
    { startTime: null, endTime: null },
  ],
  [
    'a note beside the times',
    { 日時備考: '雨の日は休みます。' },
    { code: 'see_time_note', text: '雨の日は休みます。' },
    { startTime: '13:30', note: '日時について：雨の日は休みます。' },
  ],
  ['no capacity', { 定員: '' }, { code: 'capacity_missing' }, { capacity: null }],
  ['a vague capacity', { 定員: '20名程度' }, { code: 'capacity_unclear', text: '20名程度' }, { capacity: null }],
  ['a deadline in words', { 申込期限日: '前日' }, { code: 'deadline_unclear', text: '前日' }, { enrollUntilOn: null }],
  [
    'an impossible deadline',
    { 申込期限日: '2026-04-31' },
    { code: 'deadline_unclear', text: '2026-04-31' },
    { enrollUntilOn: null },
  ],
  [
    'a deadline after the day',
    { 申込期限日: '2026-05-13' },
    { code: 'deadline_after_day', enrollUntilOn: '2026-05-13', heldOn: '2026-05-12' },
    { enrollUntilOn: null },
  ],
  [
    'a deadline with a time',
    { 申込期限日: '2026-05-11', 申込期限時刻: '17:00' },
    { code: 'deadline_time_not_kept', text: '17:00' },
    { enrollUntilOn: '2026-05-11', note: '申込期限時刻：17:00' },
  ],
  ['a fee', { '料金(基本)': '６００' }, { code: 'fee_stated', text: '600円' }, { note: '料金：600円' }],
  ['a status', { 状態: '中止' }, { code: 'status_stated', text: '中止' }, {}],
  ['a help desk', { 名称: 'スマホよろず相談' }, { code: 'maybe_help_desk' }, {}],
  ['emoji', { 名称: 'スマホ教室📱' }, { code: 'emoji_in_text', column: '名称' }, { title: 'スマホ教室📱' }],
  [
    'controls',
    { 名称: 'スマホ\u0000教\u202E室' },
    { code: 'characters_removed', column: '名称' },
    { title: 'スマホ教室' },
  ],
  [
    'a long title',
    { 名称: 'あ'.repeat(101) },
    { code: 'text_shortened', column: '名称', limitCount: 100 },
    { title: `${'あ'.repeat(99)}…` },
  ],
  ['a long description', { 説明: 'あ'.repeat(1001) }, { code: 'note_shortened', limitCount: 1000 }, {}],
]
test.each(PLANTED)('%s is left for a person, with a remark', (_, cells, remark, fields) => {
  const { draft, remarks } = previewDraft(cells)
  expect(remarks.filter(({ code }) => code === (remark as { code: string }).code)).toEqual([remark])
  expect(draft).toMatchObject(fields)
})

test('every remark that exists is planted here; a row like another one stands in the test of keys', () => {
  const planted = new Set(PLANTED.map(([, , remark]) => (remark as { code: string }).code))
  expect([...planted, 'like_another_row'].toSorted()).toEqual(Object.keys(importJa.remark).toSorted())
})
