const BOM = '\uFEFF' // without it Excel reads UTF-8 as Shift_JIS
const FORMULA = /^[\s\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠]/u

/** A table as a file for spreadsheets (RFC 4180, UTF-8 with a mark, CRLF). A cell that a spreadsheet would take for a formula begins
 *  with an apostrophe, which shows it as text (OWASP, CSV injection). */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `${BOM}${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`
}

function csvCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text
  return /["',\r\n\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
