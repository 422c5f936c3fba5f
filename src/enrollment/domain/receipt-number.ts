import { foldWidth } from '#kernel/width.ts'
import type { ReceiptNumber } from './enrollment.ts'

const LOWEST = 100_000 // never a leading zero: it is lost in spreadsheets and awkward to say on the phone
const COUNT = 900_000
const BYTES_EACH = 4

/** Six-digit candidates in a fixed order from the bytes of a hash, one for every 4 bytes: SHA-256 gives 8. The same operation
 *  sent twice meets the same candidates, and nobody can tell one number from the next. */
export function receiptCandidates(hashBytes: Uint8Array): readonly ReceiptNumber[] {
  const view = new DataView(hashBytes.buffer, hashBytes.byteOffset, hashBytes.byteLength)
  const candidates: ReceiptNumber[] = []
  for (let at = 0; at + BYTES_EACH <= view.byteLength; at += BYTES_EACH) {
    candidates.push(String(LOWEST + (view.getUint32(at) % COUNT)) as ReceiptNumber)
  }
  return [...new Set(candidates)]
}

/** 482-913, in two halves that can be read aloud. */
export function formatReceipt(receipt: ReceiptNumber): string {
  return `${receipt.slice(0, 3)}-${receipt.slice(3)}`
}

/** Reads what a person typed or read out: ４８２－９１３, 482 913, 482913. `null` when it is not six digits. */
export function parseReceipt(text: string): ReceiptNumber | null {
  const digits = foldWidth(text).replace(/[\s\-‐‑–—―−ーｰ]/gu, '')
  return /^[1-9]\d{5}$/.test(digits) ? (digits as ReceiptNumber) : null
}
