import { err, ok, type Result } from '#kernel/result.ts'
import { type Cells, cellsOf, readLayout } from './event-csv-columns.ts'
import { readEventRow } from './event-csv-draft.ts'
import { fingerprint, shortHash } from './event-csv-key.ts'
import { meetingPlaceLine } from './event-csv-note.ts'
import type { ImportFileRefusal, ImportRemark, ImportRowRefusal } from './event-csv-remark.ts'
import type { EventDraft } from './event-draft.ts'
import type { ImportSource, SessionFields } from './session.ts'

export const IMPORT_ROWS_MAX = 500 // source: docs/rules.md#import

/** A row that gives a draft. `row` counts as a spreadsheet does: the header is row 1. */
export interface ImportDraft {
  readonly row: number
  readonly draft: EventDraft
  readonly remarks: readonly ImportRemark[]
}
export type ImportRow = ImportDraft | { readonly row: number; readonly refused: ImportRowRefusal }

/** Shows what a city's event file (ベース・レジストリ イベント) would become: a draft or a reason for every row that is not
 *  blank. `rows` are the cells of the file as they stand, header first, blank rows included. Decides nothing, guesses nothing. */
export function previewEventCsv(rows: readonly (readonly string[])[]): Result<readonly ImportRow[], ImportFileRefusal> {
  const [header, ...body] = rows
  if (header === undefined || isBlank(header)) return err({ code: 'empty_file' })
  const layout = readLayout(header)
  if ('code' in layout) return err(layout)
  const filled = body.map((row, index) => ({ row, number: index + 2 })).filter(({ row }) => !isBlank(row))
  if (filled.length === 0) return err({ code: 'empty_file' })
  if (filled.length > IMPORT_ROWS_MAX) {
    return err({ code: 'too_many_rows', rowCount: filled.length, limitCount: IMPORT_ROWS_MAX })
  }
  const seen = new SeenRows()
  return ok(
    filled.map(({ row, number }): ImportRow => {
      if (!isBlank(row.slice(header.length))) return { row: number, refused: { code: 'cells_beyond_header' } }
      const cells = cellsOf(layout, row)
      const read = readEventRow(cells)
      return read.ok ? seen.add({ row: number, ...read.value }, cells) : { row: number, refused: read.error }
    }),
  )
}

/** Takes the 集合場所 as the venue of a draft, when the organizer says so. Unchanged when there is none. */
export function withMeetingPlaceAsVenue(row: ImportDraft): ImportDraft {
  const { suggestedVenueName, note } = row.draft
  if (suggestedVenueName === null) return row
  const lines = note?.split('\n').filter((line) => line !== meetingPlaceLine(suggestedVenueName)) ?? []
  return {
    row: row.row,
    draft: {
      ...row.draft,
      venueName: suggestedVenueName,
      suggestedVenueName: null,
      note: lines.join('\n').trim() || null,
    },
    remarks: row.remarks.filter(({ code }) => code !== 'venue_missing'),
  }
}

/** The draft as the fields of a new session. Who teaches is never in such a file. */
export function draftFields(draft: EventDraft, chosen: Pick<SessionFields, 'kind' | 'venueId'>): SessionFields {
  const { title, heldOn, startTime, endTime, capacity, enrollUntilOn, note } = draft
  return { ...chosen, title, heldOn, startTime, endTime, capacity, enrollUntilOn, note, teachers: [] }
}

/** Where the draft came from, with the codes of what a person still has to decide. */
export function importSourceOf({ draft, remarks }: ImportDraft): ImportSource {
  return { profile: 'br-event-50', key: draft.sourceKey, remarks: [...new Set(remarks.map(({ code }) => code))] }
}

/** The rows of one file so far. A row said twice is refused; one that only shares its key gets a key of its own. */
class SeenRows {
  readonly #rowOfKey = new Map<string, number>()
  readonly #rowOfPrint = new Map<string, number>()

  add(found: ImportDraft, cells: Cells): ImportRow {
    const print = fingerprint(cells)
    const same = this.#rowOfPrint.get(print)
    if (same !== undefined) return { row: found.row, refused: { code: 'same_row_twice', otherRow: same } }
    this.#rowOfPrint.set(print, found.row)
    const otherRow = this.#rowOfKey.get(found.draft.sourceKey)
    if (otherRow === undefined) {
      this.#rowOfKey.set(found.draft.sourceKey, found.row)
      return found
    }
    const sourceKey = `${found.draft.sourceKey}/${shortHash(print)}`
    return {
      row: found.row,
      draft: { ...found.draft, sourceKey },
      remarks: [...found.remarks, { code: 'like_another_row', otherRow }],
    }
  }
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.replace('\uFEFF', '').trim() === '')
}
