import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { createI18n, I18nContext } from '#client/i18n.ts'
import type { Instant } from '#kernel/time.ts'
import { ja as outboxFile } from '#sync/client/outbox-file-messages.ja.ts'
import { OutboxFileResult } from '#sync/client/outbox-file-result.tsx'
import { ja as sync } from '#sync/client/messages.ja.ts'
import type { TakenRow } from '#sync/domain/outbox-file.ts'

const AT = '2026-05-12T04:30:00.000Z' as Instant

/** What stands in each row of the table, by its number, and what is above it. */
function show(results: readonly Pick<TakenRow, 'result' | 'code'>[]): { banner: string; rows: readonly string[] } {
  const rows = results.map((one, index): TakenRow => {
    const isRead = one.result !== 'unreadable'
    return { row: index + 1, name: isRead ? 'attendance.walkIn' : null, at: isRead ? AT : null, ...one }
  })
  const html = renderToString(
    <I18nContext.Provider value={createI18n('ja', { outboxFile, sync })}>
      <OutboxFileResult taken={{ madeAt: AT, rows }} />
    </I18nContext.Provider>,
  )
  const text = (part: string): string =>
    part
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  const [banner = '', table = ''] = html.split('<tbody')
  return {
    banner: text(banner),
    rows: table
      .split('<tr')
      .slice(1)
      .map((row) => text(`<tr${row}`)),
  }
}

test('every record has its row, and what became of it in words', () => {
  const { banner, rows } = show([
    { result: 'taken', code: null },
    { result: 'known', code: null },
    { result: 'refused', code: 'deadline_passed' },
    { result: 'held', code: 'not_permitted' },
    { result: 'held', code: 'fault' },
    { result: 'unreadable', code: null },
  ])
  expect(rows.map((row) => row.replace(/令和.*?分 /, ''))).toEqual([
    '1 飛び込みの受付 受け取りました',
    '2 飛び込みの受付 もう届いていました',
    '3 飛び込みの受付 受け付けられません：申し込みの受付は終わりました。お電話でご相談ください。',
    '4 飛び込みの受付 今は受け取れません：この電話からは送れない内容です。',
    '5 飛び込みの受付 今は受け取れません：市の側の不具合です。後でもう一度、同じファイルを開いてください。',
    '6 読み取れない記録 ― 読み取れません。電話の画面で内容を確かめて、手で書き入れてください。',
  ])
  for (const words of ['受け取った記録は1件', '2件は、今は受け取れません', '1件は、読み取れません', '確かめてください'])
    expect(banner).toContain(words)
})

test('a file that was all here before says that, and that nothing new was taken', () => {
  const { banner } = show([{ result: 'known', code: null }])
  expect(banner).toContain('受け取った記録は0件です')
  expect(banner).toContain('1件は、もう届いていました')
  expect(banner).toContain('できました')
})
