import fc from 'fast-check'
import Encoding from 'encoding-japanese'
import { expect, test } from 'vitest'
import { CSV_BYTES_MAX, readCsvBytes, readCsvFile } from '#sessions/client/read-csv-file.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const codeOf = (read: ReturnType<typeof readCsvBytes>) => (read.ok ? 'ok' : read.error)

test('a chosen file gives its rows: quotes, commas, line breaks in cells and blank rows as they stand', async () => {
  const text = '\uFEFFNO,名称\r\n1,"スマホ,教室"\r\n\r\n2,"二行の\n""名前"""\r\n'
  expect(await readCsvFile(new Blob([utf8(text)]))).toEqual({
    ok: true,
    value: { encoding: 'utf-8', rows: [['NO', '名称'], ['1', 'スマホ,教室'], [''], ['2', '二行の\n"名前"'], ['']] },
  })
})

test('UTF-8 that could also be read as Shift_JIS is UTF-8', () => {
  expect(new TextDecoder('shift_jis', { fatal: true }).decode(utf8('名称'))).toBe('蜷咲ｧｰ')
  expect(readCsvBytes(utf8('名称'))).toEqual({ ok: true, value: { encoding: 'utf-8', rows: [['名称']] } })
})

test('a Shift_JIS file is recognized, with the signs that Windows adds to it', () => {
  const text = '名称,場所\n①スマホ教室,髙橋ビル ㈱﨑'
  const bytes = new Uint8Array(Encoding.convert(utf8(text), { from: 'UTF8', to: 'SJIS' }))
  expect(readCsvBytes(bytes)).toEqual({
    ok: true,
    value: {
      encoding: 'shift_jis',
      rows: [
        ['名称', '場所'],
        ['①スマホ教室', '髙橋ビル ㈱﨑'],
      ],
    },
  })
})

test.each([
  ['bytes of no known encoding', new Uint8Array([0x4e, 0xff, 0xfe, 0x81]), { code: 'unreadable_bytes' }],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x4e, 0x00]), { code: 'unreadable_bytes' }],
  ['a spreadsheet', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14]), { code: 'not_a_csv' }],
  ['an old spreadsheet', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), { code: 'not_a_csv' }],
  ['a binary file', new Uint8Array([0x61, 0x00, 0x62]), { code: 'not_a_csv' }],
  ['an open quotation', utf8('NO,名称\n1,"教室\n2,教室\n'), { code: 'broken_quotes', row: 2 }],
])('%s is refused', (_, bytes, error) => {
  expect(codeOf(readCsvBytes(bytes))).toEqual(error)
})

test('a file above one megabyte is refused before it is read', async () => {
  let read = false
  const file = new Blob([new Uint8Array(CSV_BYTES_MAX + 1)])
  file.arrayBuffer = () => {
    read = true
    return Promise.reject(new Error('read'))
  }
  expect(await readCsvFile(file)).toEqual({ ok: false, error: { code: 'file_too_large', limitKb: 1000 } })
  expect(read).toBe(false)
})

test('any bytes are answered', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof readCsvBytes(bytes).ok === 'boolean'))
})
