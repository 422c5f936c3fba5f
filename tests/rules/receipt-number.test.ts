import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReceiptNumber } from '#enrollment/domain/enrollment.ts'
import { formatReceipt, parseReceipt, receiptCandidates } from '#enrollment/domain/receipt-number.ts'
import { anyText } from '../make/any-text.ts'

const hash = (text: string) => createHash('sha256').update(text).digest()

test('a hash gives up to eight candidates of six digits, always the same ones', () => {
  const candidates = receiptCandidates(hash('018f0000-0000-7000-8000-000000000001:0'))
  expect(candidates).toHaveLength(8)
  for (const candidate of candidates) expect(candidate).toMatch(/^[1-9]\d{5}$/)
  expect(receiptCandidates(hash('018f0000-0000-7000-8000-000000000001:0'))).toEqual(candidates)
  expect(receiptCandidates(hash('018f0000-0000-7000-8000-000000000001:1'))).not.toEqual(candidates)
})

test('a view into a larger buffer gives the candidates of its own bytes', () => {
  const bytes = new Uint8Array([9, 9, 9, 9, 0, 0, 0, 5])
  expect(receiptCandidates(bytes.subarray(4))).toEqual(['100005'])
  expect(receiptCandidates(bytes.subarray(5))).toEqual([])
})

test('first candidates spread over the whole range', () => {
  const firsts = Array.from({ length: 2000 }, (_, n) => receiptCandidates(hash(String(n)))[0])
  expect(new Set(firsts).size).toBeGreaterThan(1980)
  expect(new Set(firsts.map((receipt) => receipt?.charAt(0))).size).toBe(9)
})

test.each([
  ['482-913', '482913'],
  ['４８２－９１３', '482913'],
  ['４８２ー９１３', '482913'],
  [' 482 913 ', '482913'],
  ['482913', '482913'],
  ['48291', null],
  ['4829133', null],
  ['048291', null],
  ['四八二九一三', null],
  ['', null],
])('the receipt number typed as 「%s」 reads as %s', (typed, receipt) => {
  expect(parseReceipt(typed)).toBe(receipt)
})

test('what is shown can be typed back, and nothing typed is an error', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100_000, max: 999_999 }), (number) => {
      expect(parseReceipt(formatReceipt(String(number) as ReceiptNumber))).toBe(String(number))
    }),
  )
  fc.assert(fc.property(anyText, (text) => /^[1-9]\d{5}$/.test(parseReceipt(text) ?? '100000')))
})
