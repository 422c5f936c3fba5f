import { err, type Result } from '#kernel/result.ts'
import { type ImportRow, previewEventCsv } from '#sessions/domain/event-csv.ts'
import type { ImportFileRefusal } from '#sessions/domain/event-csv-remark.ts'
import type { CsvFileProblem } from './read-csv-file.ts'

/** `reader_missing`: the part that reads files is fetched when it is first needed, and could not be. */
export type ImportFileProblem = CsvFileProblem | ImportFileRefusal | { readonly code: 'reader_missing' }

/** Reads a file that an organizer chose, in the browser: rows as drafts or reasons, or why nothing of it can be read. */
export async function readImportFile(file: Blob): Promise<Result<readonly ImportRow[], ImportFileProblem>> {
  try {
    const { readCsvFile } = await import('./read-csv-file.ts')
    const csv = await readCsvFile(file)
    return csv.ok ? previewEventCsv(csv.value.rows) : csv
  } catch {
    return err({ code: 'reader_missing' })
  }
}
