import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { PageData } from '#pages/domain/page.ts'
import { enrollFormRoute } from '#pages/server/enroll-form-route.ts'
import { makeFormSheet } from '#pages/server/form-token.ts'
import { errorAnswers } from '#server/faults.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { applyPush } from '#sync/server/push.ts'
import { makeIdentity } from '../make/device.ts'
import { makeTown, type Town } from '../make/town.ts'

let town: Town
let app: Hono
const NOW = '2026-05-12T04:30:00.000Z'
let clock = NOW
beforeAll(async () => {
  town = await makeTown({ now: NOW })
  const form = enrollFormRoute({
    ...town.kit,
    now: () => clock as Instant,
    cityWords: { name: 'うみかぜ町', phone: '0000-00-0000' },
    // What the page is made from; how it looks is for a browser to judge.
    renderPage: ({ data, status = 200 }) => ({ html: JSON.stringify(data), status }),
    async submit(operation, deviceId) {
      const [outcome] = await applyPush(town.kit, { ...makeIdentity('resident'), deviceId }, [operation])
      if (outcome === undefined) throw new Error('The server gave no outcome')
      return outcome
    },
  })
  app = new Hono().route('/', form).onError(errorAnswers('0000-00-0000'))
  return () => town.close()
})

type Page = Extract<PageData, { page: 'session' }>
const WIFE = { name: '﨑山 ハナ', nameKana: 'さきやま はな', phone: '0996-33-1234' }

const newSheet = () => ({ ...makeFormSheet(town.kit, 'enroll') })

async function post(sessionId: SessionId, body: BodyInit, headers: Record<string, string> = {}) {
  const answer = await app.request(`/sessions/${sessionId}/enroll`, { method: 'POST', body, headers })
  const text = await answer.text()
  return { status: answer.status, page: JSON.parse(text) as Page }
}

describe('the sign-up form of a browser without JavaScript', () => {
  test('sent twice is one request: the same number, one seat', async () => {
    const sessionId = await town.publishSession({})
    const sheet = () => new URLSearchParams({ ...WIFE, ...newSheet() })
    const sent = sheet()
    const [first, again] = [await post(sessionId, sent), await post(sessionId, sent)]
    expect(first).toMatchObject({ status: 200, page: { answer: { status: 'accepted' } } })
    expect(again.page.answer).toEqual(first.page.answer)
    expect(await town.states(sessionId)).toEqual(['enrolled'])
  })

  test('sent again with another name after a step back is another person, who gets a place of their own', async () => {
    const sessionId = await town.publishSession({})
    const sheet = newSheet()
    const first = await post(sessionId, new URLSearchParams({ ...WIFE, ...sheet }))
    const husband = { ...WIFE, name: '﨑山 一郎', nameKana: 'さきやま いちろう' }
    const second = await post(sessionId, new URLSearchParams({ ...husband, ...sheet }))
    expect(second.page.answer).toMatchObject({ status: 'accepted' })
    expect(second.page.answer).not.toEqual(first.page.answer)
    expect(await town.states(sessionId)).toEqual(['enrolled', 'enrolled'])
  })

  test('comes back filled in when a field is far too long, and never as a fault', async () => {
    const sessionId = await town.publishSession({})
    const name = '髙'.repeat(5_000)
    const { status, page } = await post(sessionId, new URLSearchParams({ ...WIFE, name }))
    expect(status).toBe(400)
    expect(page.form).toEqual({
      values: { ...WIFE, name },
      problems: { name: { code: 'too_long', limitCount: 60 } },
    })
  })

  test('is refused in words when it is larger than any form, or no form at all', async () => {
    const sessionId = await town.publishSession({})
    const huge = await post(sessionId, new URLSearchParams({ ...WIFE, name: 'あ'.repeat(200_000) }))
    expect([huge.status, huge.page.form?.problems]).toEqual([413, { name: { code: 'too_long', limitCount: 60 } }])
    const torn = await post(sessionId, 'no parts here', { 'content-type': 'multipart/form-data; boundary=x' })
    expect([torn.status, torn.page.form?.problems.name]).toEqual([400, { code: 'empty' }])
    expect(await town.states(sessionId)).toEqual([])
  })
})

describe('a sheet of the sign-up form', () => {
  test('that this server did not give out for this form comes back as typed, with a fresh one that is taken', async () => {
    const sessionId = await town.publishSession({})
    const { formId, formToken } = newSheet()
    const flipped = `${formToken.startsWith('A') ? 'B' : 'A'}${formToken.slice(1)}`
    const foreign: readonly Record<string, string>[] = [
      {},
      { formId },
      { formToken },
      { formId, formToken: '' },
      { formId, formToken: flipped },
      { formId, formToken: formToken.slice(1) },
      { formId: newSheet().formId, formToken },
      { ...makeFormSheet(town.kit, 'booking') },
    ]
    for (const sheet of foreign) {
      const { status, page } = await post(sessionId, new URLSearchParams({ ...WIFE, ...sheet }))
      expect([status, page.form], JSON.stringify(sheet)).toEqual([403, { values: WIFE, problems: {}, isOld: true }])
      expect(await town.states(sessionId)).toEqual([])
    }
    const returned = await post(sessionId, new URLSearchParams(WIFE))
    const again = await post(sessionId, new URLSearchParams({ ...WIFE, ...returned.page.sheet }))
    expect(again).toMatchObject({ status: 200, page: { answer: { status: 'accepted' } } })
  })

  test('is good for the day it was given out and the next, by the calendar of Japan', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-30' })
    const sheet = newSheet() // 13:30 on May 12
    for (const [now, status] of [
      ['2026-05-13T14:59:59.000Z', 200],
      ['2026-05-13T15:00:00.000Z', 403],
      ['2026-05-11T14:59:59.000Z', 403],
    ] as const) {
      clock = now
      expect((await post(sessionId, new URLSearchParams({ ...WIFE, ...sheet }))).status, now).toBe(status)
    }
    clock = NOW
  })
})
