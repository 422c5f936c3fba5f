import Papa from 'papaparse'
import { err, ok, type Result } from '#kernel/result.ts'

export const CSV_BYTES_MAX = 1_000_000 // source: docs/rules.md#import

/** Why a file cannot be taken apart into rows. Nothing of it is kept. */
export type CsvFileProblem =
  | { readonly code: 'file_too_large'; readonly limitKb: number }
  | { readonly code: 'not_a_csv' }
  | { readonly code: 'unreadable_bytes' }
  | { readonly code: 'broken_quotes'; readonly row: number }

export interface CsvRows {
  readonly rows: readonly (readonly string[])[]
  readonly encoding: 'utf-8' | 'shift_jis'
}

/** Reads a file that a person chose. Nothing is sent anywhere. */
export async function readCsvFile(file: Blob): Promise<Result<CsvRows, CsvFileProblem>> {
  if (file.size > CSV_BYTES_MAX) return err({ code: 'file_too_large', limitKb: CSV_BYTES_MAX / 1000 })
  return readCsvBytes(new Uint8Array(await file.arrayBuffer()))
}

/** Bytes to rows, blank ones included so that row numbers stay those of the spreadsheet. UTF-8 with or without BOM first,
 *  because almost no Shift_JIS text happens to be valid UTF-8; then Shift_JIS, which Japanese spreadsheets write by default. */
export function readCsvBytes(bytes: Uint8Array): Result<CsvRows, CsvFileProblem> {
  if (bytes.byteLength > CSV_BYTES_MAX) return err({ code: 'file_too_large', limitKb: CSV_BYTES_MAX / 1000 })
  if (looksLikeSpreadsheet(bytes)) return err({ code: 'not_a_csv' })
  for (const encoding of ['utf-8', 'shift_jis'] as const) {
    const text = decode(bytes, encoding)
    if (text !== null) return rowsOf(text, encoding)
  }
  return err({ code: 'unreadable_bytes' })
}

function rowsOf(text: string, encoding: CsvRows['encoding']): Result<CsvRows, CsvFileProblem> {
  if (text.includes('\0')) return err({ code: 'not_a_csv' })
  const parsed = Papa.parse<string[]>(text, { delimiter: ',' })
  const broken = parsed.errors.find(({ type }) => type === 'Quotes')
  if (broken !== undefined) return err({ code: 'broken_quotes', row: (broken.row ?? 0) + 1 })
  return ok({ rows: parsed.data, encoding })
}

/** `null` when the bytes are not of this encoding. The decoder drops a BOM. */
function decode(bytes: Uint8Array, encoding: CsvRows['encoding']): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** XLSX (a ZIP) and XLS files are what people pick by mistake. */
function looksLikeSpreadsheet(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 4).join(' ')
  return start === '80 75 3 4' || start === '208 207 17 224'
}
