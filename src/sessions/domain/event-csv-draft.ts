import { err, ok, type Result } from '#kernel/result.ts'
import type { LocalDate, LocalTime } from '#kernel/time.ts'
import { foldWidth } from '#kernel/width.ts'
import { type Reading, readCapacity, readDay, readTime } from './event-csv-cells.ts'
import type { Cells, EventColumn } from './event-csv-columns.ts'
import { sourceKeyOf } from './event-csv-key.ts'
import { collectNote, statedFee } from './event-csv-note.ts'
import type { ImportRemark, ImportRowRefusal } from './event-csv-remark.ts'
import { fieldText, quote } from './event-csv-text.ts'
import type { EventDraft } from './event-draft.ts'

type Part<Fields extends keyof EventDraft> = {
  readonly fields: Pick<EventDraft, Fields>
  readonly remarks: readonly ImportRemark[]
}

const TITLE_MAX = 100 // as SessionFields.title
const VENUE_MAX = 80 // as Venue.name
const ADDRESS_MAX = 120 // as Venue.address
const EARLIEST_USUAL = '06:00'

/** Reads one row into a draft with its remarks, or says why it gives none. */
export function readEventRow(
  cells: Cells,
): Result<{ readonly draft: EventDraft; readonly remarks: readonly ImportRemark[] }, ImportRowRefusal> {
  const title = fieldText(cells('名称'), '名称', TITLE_MAX)
  if (title.value === null) return err({ code: 'title_missing' })
  const impossible = (['開始日', '終了日'] as const).find((column) => readDay(cells(column)).is === 'impossible')
  if (impossible !== undefined) return err({ code: 'impossible_day', text: quote(cells(impossible)) })

  const [day, times, venue, seats] = [readHeldOn(cells), readTimes(cells), readVenue(cells), readSeats(cells)]
  const deadline = readDeadline(cells, day.fields.heldOn)
  const { note, remarks: noteRemarks } = collectNote(cells)
  const fields = { ...day.fields, ...times.fields, ...venue.fields, ...seats.fields, ...deadline.fields, note }
  const draft = { title: title.value, ...fields }
  const remarks = [title, day, times, venue, seats, deadline].flatMap((part) => part.remarks)
  return ok({
    draft: { ...draft, sourceKey: sourceKeyOf(cells, draft) },
    remarks: [...remarks, ...hints(cells), ...noteRemarks],
  })
}

function readHeldOn(cells: Cells): Part<'heldOn'> {
  const [first, last] = [readDay(cells('開始日')), readDay(cells('終了日'))]
  const without = (remark: ImportRemark) => ({ fields: { heldOn: null }, remarks: [remark] })
  if (first.is === 'empty') return without({ code: 'day_missing' })
  if (first.is !== 'value') return without({ code: 'day_unclear', text: quote(cells('開始日')) })
  if (last.is === 'empty') return { fields: { heldOn: first.value }, remarks: [{ code: 'last_day_missing' }] }
  if (last.is !== 'value') return without({ code: 'day_unclear', text: quote(cells('終了日')) })
  if (first.value === last.value) return { fields: { heldOn: first.value }, remarks: [] }
  return without({ code: 'period_not_a_day', firstOn: first.value, lastOn: last.value })
}

function readTimes(cells: Cells): Part<'startTime' | 'endTime'> {
  const [start, end] = [readTime(cells('開始時刻')), readTime(cells('終了時刻'))]
  const [startTime, endTime] = [valueOf(start), valueOf(end)]
  if (start.is === 'empty' && end.is === 'empty')
    return { fields: { startTime, endTime }, remarks: withoutTimes(cells) }
  if (startTime !== null && endTime !== null && endTime <= startTime) {
    return { fields: { startTime: null, endTime: null }, remarks: [{ code: 'times_reversed', startTime, endTime }] }
  }
  const remarks = [...timeRemarks(start, cells('開始時刻'), 'start_time_missing')]
  remarks.push(...timeRemarks(end, cells('終了時刻'), 'end_time_missing'))
  if (startTime !== null && startTime < EARLIEST_USUAL) remarks.push({ code: 'time_unusual', startTime })
  return { fields: { startTime, endTime }, remarks: [...remarks, ...timeNote(cells)] }
}

function timeRemarks(
  reading: Reading<LocalTime>,
  cell: string,
  missing: 'start_time_missing' | 'end_time_missing',
): readonly ImportRemark[] {
  if (reading.is === 'value') return []
  return [reading.is === 'empty' ? { code: missing } : { code: 'time_unclear', text: quote(cell) }]
}

// Not 申込方法: the hours in it are those of the counter.
const COLUMNS_THAT_MAY_TELL_TIMES = ['日時備考', '名称', 'サブタイトル', '概要', '説明', '備考'] as const
const TIME_IN_TEXT = /(?<![\d:.-])\d{1,2}(?::[0-5]\d(?![\d:])|時(?![間代点給]))|正午/

function withoutTimes(cells: Cells): readonly ImportRemark[] {
  const line = lineWith(TIME_IN_TEXT, cells, COLUMNS_THAT_MAY_TELL_TIMES)
  return line === null ? [{ code: 'time_missing' }, ...timeNote(cells)] : [{ code: 'time_only_in_text', text: line }]
}

function timeNote(cells: Cells): readonly ImportRemark[] {
  const text = quote(cells('日時備考'))
  return text === '' ? [] : [{ code: 'see_time_note', text }]
}

function readSeats(cells: Cells): Part<'capacity'> {
  const capacity = readCapacity(cells('定員'))
  if (capacity.is === 'value') return { fields: { capacity: capacity.value }, remarks: [] }
  const remark: ImportRemark =
    capacity.is === 'empty' ? { code: 'capacity_missing' } : { code: 'capacity_unclear', text: quote(cells('定員')) }
  return { fields: { capacity: null }, remarks: [remark] }
}

function readVenue(cells: Cells): Part<'venueName' | 'venueAddress' | 'suggestedVenueName'> {
  const venue = fieldText(cells('場所名称'), '場所名称', VENUE_MAX)
  const meeting = fieldText(cells('集合場所'), '集合場所', VENUE_MAX)
  const address = addressOf(cells)
  if (venue.value !== null) {
    const fields = { venueName: venue.value, suggestedVenueName: null, venueAddress: address.value }
    return { fields, remarks: [...venue.remarks, ...address.remarks] }
  }
  return {
    fields: { venueName: null, suggestedVenueName: meeting.value, venueAddress: address.value },
    remarks: [{ code: 'venue_missing' }, ...meeting.remarks, ...address.remarks],
  }
}

/** 所在地 as one line; `null` when the file names no more than the city, which nobody could walk to. */
function addressOf(cells: Cells): ReturnType<typeof fieldText> {
  const near = cells('住所町名') + cells('住所丁目以下')
  if (near === '') return { value: null, remarks: [] }
  const place = cells('住所都道府県') + cells('住所市区町村') + near
  return fieldText([place, cells('建物名等')].filter(Boolean).join(' '), '住所', ADDRESS_MAX)
}

function readDeadline(cells: Cells, heldOn: LocalDate | null): Part<'enrollUntilOn'> {
  const until = readDay(cells('申込期限日'))
  const remarks: ImportRemark[] = []
  if (cells('申込期限時刻') !== '') remarks.push({ code: 'deadline_time_not_kept', text: quote(cells('申込期限時刻')) })
  if (until.is === 'empty') return { fields: { enrollUntilOn: null }, remarks }
  if (until.is !== 'value') {
    remarks.push({ code: 'deadline_unclear', text: quote(cells('申込期限日')) })
    return { fields: { enrollUntilOn: null }, remarks }
  }
  if (heldOn === null || until.value <= heldOn) return { fields: { enrollUntilOn: until.value }, remarks }
  remarks.push({ code: 'deadline_after_day', enrollUntilOn: until.value, heldOn })
  return { fields: { enrollUntilOn: null }, remarks }
}

const SEVERAL_DAYS = /(?:全|計)\s*(?:[2-9]|[1-9]\d|[二三四五六七八九十])\s*(?:回|日)|(?:[2-9]|[1-9]\d)日間|連続/
const HELP_DESK = /よろず相談|相談会|相談所/

function hints(cells: Cells): readonly ImportRemark[] {
  const remarks: ImportRemark[] = []
  const several = lineWith(SEVERAL_DAYS, cells, ['名称', 'サブタイトル', '概要', '説明', '日時備考'])
  const [fee, status] = [quote(statedFee(cells)), quote(cells('状態'))]
  if (several !== null) remarks.push({ code: 'several_days_mentioned', text: several })
  if (fee !== '') remarks.push({ code: 'fee_stated', text: fee })
  if (status !== '') remarks.push({ code: 'status_stated', text: status })
  if (HELP_DESK.test(cells('名称'))) remarks.push({ code: 'maybe_help_desk' })
  return remarks
}

/** The first line of these cells that matches, quoted; `null` when none does. */
function lineWith(pattern: RegExp, cells: Cells, columns: readonly EventColumn[]): string | null {
  const lines = columns.flatMap((column) => cells(column).split(/[\r\n]+/))
  const line = lines.find((text) => pattern.test(foldWidth(text)))
  return line === undefined ? null : quote(line)
}

function valueOf<Value>(reading: Reading<Value>): Value | null {
  return reading.is === 'value' ? reading.value : null
}
