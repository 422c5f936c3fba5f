import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { createI18n, I18nContext } from '#client/i18n.ts'
import { createObservable } from '#client/observable.ts'
import type { StorageTrouble } from '#client/storage-trouble.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import { readLedger } from '#sync/client/ledger.ts'
import { ja } from '#sync/client/messages.ja.ts'
import { FIRST_STATUS, type SyncStatus } from '#sync/client/sync-status.ts'
import { SyncStatusLine } from '#sync/client/sync-status-line.tsx'
import { makeMemoryServer } from '../make/memory-server.ts'
import { makePhone, makeTap } from '../make/phone.ts'

const seen = { ...FIRST_STATUS, lastContactAt: '2026-05-12T04:30:00.000Z' as SyncStatus['lastContactAt'] }

test.each<[string, Partial<SyncStatus>, StorageTrouble?]>([
  ['すべて送信しました', {}],
  ['すべて送信しました', { state: 'unreachable' }],
  ['3件 送信待ち', { waiting: 3 }],
  ['3件 送っています', { waiting: 3, state: 'sending' }],
  ['3件 送信待ち（電波が届くと自動で送ります）', { waiting: 3, state: 'unreachable' }],
  ['確認が必要 1件', { attention: 1 }],
  ['確認が必要 1件 2件 送信待ち', { attention: 1, waiting: 2 }],
  ['送信が止まっています 2件 送信待ち', { state: 'stopped', stoppedBy: 'device_unknown', waiting: 2 }],
  ['この端末に保存できません', { state: 'storageUnavailable' }],
  ['この端末に保存できません', {}, 'full'],
])('the device says «%s»', (words, part, trouble) => {
  const status = createObservable<SyncStatus>({ ...seen, ...part })
  const html = renderToString(
    <I18nContext.Provider value={createI18n('ja', { sync: ja })}>
      <SyncStatusLine db={{ trouble: createObservable(trouble ?? null) }} status={status} />
    </I18nContext.Provider>,
  )
  expect(html.replaceAll(/<[^>]+>/g, '').trim()).toBe(words)
})

test('the ledger names people while they wait, and forgets them once everything is sent', async () => {
  const page = makePhone().open()
  const tap = makeTap()
  const entry = {
    learnerId: tap.learnerId,
    name: '髙橋 花子',
    nameKana: 'たかはし はなこ',
    receiptNumber: null,
    state: 'enrolled',
  }
  await page.db.write(['records'], (tx) =>
    tx.objectStore('records').put({
      bucket: bucketOf(tap.sessionId),
      kind: 'rosterEntry',
      id: tap.learnerId,
      version: 1,
      body: entry,
    } as never),
  )
  await page.recorder.record('attendance.mark', tap)
  await page.recorder.record('attendance.walkIn', { ...makeTap(), name: null, nameKana: 'さとう', ageBand: null })
  const before = await readLedger(page.db)
  expect(before.waiting.map((line) => line.subject)).toEqual(['髙橋 花子', 'さとう'])
  const server = makeMemoryServer()
  await page.sync(server.send)
  const after = await readLedger(page.db)
  expect(after).toMatchObject({
    attention: [],
    waiting: [],
    sent: [
      { name: 'attendance.walkIn', seq: 2 },
      { name: 'attendance.mark', seq: 1 },
    ],
  })
  expect(JSON.stringify(after)).not.toMatch(/さとう|髙橋/)
})

test('what was not taken and what was refused both ask for a person, oldest first', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const refused = await page.recorder.record('enrollment.cancel', { enrollmentId: page.recorder.newId() } as never)
  const held = await page.recorder.record('attendance.mark', makeTap())
  server.answerWith(refused.id, { status: 'refused', refusal: { code: 'already_cancelled' } } as never)
  server.answerWith(held.id, { status: 'held', reason: 'fault' } as never)
  await page.sync(server.send)
  expect((await readLedger(page.db)).attention).toMatchObject([
    { operation: { id: refused.id }, outcome: { status: 'refused' } },
    { operation: { id: held.id }, outcome: { status: 'held', reason: 'fault' } },
  ])
})

test('the list of what was sent stays short', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer({ pageSize: 1000 })
  const drafts = Array.from({ length: 450 }, () => ({ name: 'attendance.mark' as const, payload: makeTap() }))
  await page.recorder.recordAll(drafts)
  let end = await page.sync(server.send)
  while (end.kind === 'done' && end.more) end = await page.sync(server.send)
  const { sent } = await readLedger(page.db)
  expect(sent.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => 450 - index))
})
