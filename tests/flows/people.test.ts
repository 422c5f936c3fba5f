import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOGIN_RETENTION } from '#login/server/login-retention.ts'
import type { Role } from '#login/domain/roles.ts'
import { guardRoutes } from '#login/server/guard-routes.ts'
import type { Dossier, PeopleHits } from '#people/domain/dossier.ts'
import { fileRegister, type PrivacyAnswer, registerCsv } from '#people/domain/file-register.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { PEOPLE_RETENTION } from '#people/server/people-retention.ts'
import { peopleRoute } from '#people/server/people-route.ts'
import { privacyRoute } from '#people/server/privacy-route.ts'
import { CANARY, tracesIn } from '../make/canary.ts'
import { makeIdentity } from '../make/device.ts'
import { makeCorrection, makeEnrollment, makeMark, makeWalkIn } from '../make/payloads.ts'
import { makeTown, type Town, type TownDevice } from '../make/town.ts'

let town: Town
let office: TownDevice
let learnerId: LearnerId
let receiptNumber: string
beforeAll(async () => {
  town = await makeTown({ now: '2026-05-12T04:30:00.000Z' })
  office = town.device('admin')
  const sessionId = await town.publishSession({ title: 'はじめてのスマホ', heldOn: '2026-05-26' })
  const asked = makeEnrollment({ sessionId, ...CANARY, channel: 'family' })
  const [outcome] = await office.push(office.op('enrollment.request', asked))
  receiptNumber = outcome?.status === 'accepted' ? (outcome.value?.receiptNumber ?? '') : ''
  learnerId = asked.enrollmentId as string as LearnerId
  await office.push(
    office.op('attendance.mark', makeMark({ sessionId, learnerId })),
    office.op('enrollment.request', makeEnrollment({ sessionId, name: '佐藤 花', nameKana: 'さとう はな' })),
    office.op('enrollment.request', makeEnrollment({ sessionId, name: '佐道 一', nameKana: 'さどう はじめ' })),
  )
})
afterAll(() => town.close())

function app(role: Role): Hono {
  const kit = { ...town.kit, whoIs: async () => makeIdentity(role) }
  const parts = [...PEOPLE_RETENTION, ...LOGIN_RETENTION]
  return new Hono().use(guardRoutes(kit)).route('/', peopleRoute(kit)).route('/', privacyRoute(kit, parts))
}

const get = async (path: string, role: Role = 'admin') => app(role).request(path)
const post = async (body: object, role: Role = 'admin') =>
  app(role).request('/api/people/search', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
const search = async (query: string) => (await (await post({ query })).json()) as PeopleHits
const readDossier = async (id: LearnerId, role: Role = 'admin') =>
  (await (await get(`/api/people/${id}`, role)).json()) as Dossier
const lines = (action: string) =>
  town.kit.database.sql<{ object: string | null; count: number }>`
    select object, count from audit_log where city = ${town.kit.city} and action = ${action} order by seq`

describe('a person is found', () => {
  test.each([
    ['ふりがな', 'ぎょぼぬ'],
    ['half-width kana', 'ｷﾞｮﾎﾞﾇ'],
    ['written name', '𩸽䨺'],
    ['telephone number with hyphens', '080-9876-1357'],
    ['its last digits, in full width', '１３５７'],
  ])('by %s', async (_by, query) => {
    expect((await search(query)).hits.map((hit) => hit.learnerId)).toEqual([learnerId])
  })

  test('by 受付番号', async () => {
    const halves = `${receiptNumber.slice(0, 3)}-${receiptNumber.slice(3)}`
    expect((await search(halves)).hits.map((hit) => hit.learnerId)).toEqual([learnerId])
  })

  test('voiced or not, in the order of ふりがな', async () => {
    expect((await search('サトウ')).hits.map((hit) => hit.nameKana)).toEqual(['さどう はじめ', 'さとう はな'])
  })

  test.each(['', ' ', '13', 'だれも いない', '%'])('but nobody by «%s»', async (query) => {
    expect(await search(query)).toEqual({ hits: [], more: false })
  })

  test('at most fifty at once, and one is told that there are more', async () => {
    const { city, database } = town.kit
    await database.sql`
      insert into learners (city, learner_id, name_kana, created_at)
      select ${city}, gen_random_uuid(), 'おおぜい', now() from generate_series(1, 51)`
    const found = await search('おおぜい')
    expect([found.hits.length, found.more]).toEqual([50, true])
  })

  test('each search is written down with the number found, and not with what was typed', async () => {
    await search('さとう')
    expect((await lines('people.viewed')).at(-1)).toEqual({ object: null, count: 2 })
  })

  test.each([{}, { query: 7 }, { query: 'a'.repeat(81) }, { query: 'a', more: 1 }])(
    'and %j is not understood',
    async (body) => {
      expect((await post(body)).status).toBe(400)
    },
  )
})

describe('開示', () => {
  test('shows everything that is held about one person, and until when', async () => {
    const dossier = await readDossier(learnerId)
    expect(dossier).toMatchObject({
      person: { ...CANARY, source: 'family', stoppedAt: null, erasedAt: null, keptUntil: '2028-03-31' },
      enrollments: [{ title: 'はじめてのスマホ', receiptNumber, state: 'enrolled', upcoming: true }],
      attendances: [{ title: 'はじめてのスマホ', heldOn: '2026-05-26' }],
      certification: null,
      erasure: { enrollmentCount: 1, attendanceCount: 1, certificationCount: 0 },
    })
    expect(dossier.erasure?.operationCount).toBe(1)
    expect(dossier.erasure?.recordCount).toBe(2) // a booking and a line of the list
  })

  test('who may not erase is not offered it', async () => {
    expect((await readDossier(learnerId, 'organizer')).erasure).toBeNull()
  })

  test('each look is written down with the person it was about', async () => {
    const before = (await lines('person.viewed')).length
    await readDossier(learnerId)
    expect((await lines('person.viewed')).slice(before)).toEqual([{ object: `learner:${learnerId}`, count: 1 }])
  })

  test('can be taken along as a file that a spreadsheet reads and does not run', async () => {
    const hostile = makeWalkIn({ name: '=HYPERLINK("http://example.com")', nameKana: 'てき たい' })
    await office.push(office.op('attendance.walkIn', hostile))
    const answer = await get(`/api/people/${hostile.learnerId}/export/csv`)
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer())
    expect(text.startsWith('\uFEFF項目,')).toBe(true)
    expect(text).toContain(`氏名,,"'=HYPERLINK(""http://example.com"")"`)
    expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment/)
    expect((await lines('person.exported')).at(-1)).toEqual({ object: `learner:${hostile.learnerId}`, count: 1 })
  })

  test('as JSON it is the same without what only the office needs', async () => {
    const held = (await (await get(`/api/people/${learnerId}/export/json`)).json()) as Dossier
    expect(held).toMatchObject({ person: CANARY })
    expect(held).not.toHaveProperty('erasure')
  })

  test('of nobody is answered with 404, and writes nothing down', async () => {
    const before = (await lines('person.viewed')).length
    expect((await get(`/api/people/${town.newId()}`)).status).toBe(404)
    expect((await get('/api/people/nobody')).status).toBe(404)
    expect((await lines('person.viewed')).length).toBe(before)
  })

  test.each(['resident', 'volunteer', 'viewer'] as const)('is not for a %s', async (role) => {
    for (const path of [`/api/people/${learnerId}`, `/api/people/${learnerId}/export/csv`])
      expect((await get(path, role)).status).toBe(403)
    expect((await post({ query: 'さとう' }, role)).status).toBe(403)
  })
})

describe('訂正', () => {
  test('changes what is held, also on the lists of phones', async () => {
    const walkIn = makeWalkIn({ sessionId: await town.publishSession({ heldOn: '2026-05-12' }) })
    await office.push(office.op('attendance.walkIn', walkIn))
    const { learnerId: who } = walkIn
    const corrected = makeCorrection({ learnerId: who, name: '有村 とめ', nameKana: 'ありむら とめ', phone: null })
    expect(await office.say('person.correct', corrected)).toMatchObject({ status: 'accepted' })
    expect((await readDossier(who)).person).toMatchObject({ name: '有村 とめ', nameKana: 'ありむら とめ', phone: null })
    const held = await town.device('volunteer').pull()
    const entry = held.find((one) => one.kind === 'rosterEntry' && one.id === who)
    expect(entry?.body).toMatchObject({ name: '有村 とめ', nameKana: 'ありむら とめ', state: 'walkIn' })
    expect((await readDossier(who)).changes).toMatchObject([{ name: 'person.correct', reason: 'self' }])
  })
})

describe('利用停止', () => {
  test('refuses a new sign-up under the same ふりがな and number until the use is resumed', async () => {
    const person = { name: '止田 正', nameKana: 'とめだ ただし', phone: '0996111111' }
    const first = makeEnrollment({ sessionId: await town.publishSession({}), ...person })
    await office.push(office.op('enrollment.request', first))
    const who = first.enrollmentId as string as LearnerId
    await office.push(office.op('person.stop', { learnerId: who, reason: 'self' }))
    expect((await readDossier(who)).person.stoppedAt).not.toBeNull()
    expect((await search('とめだ')).hits).toMatchObject([{ stopped: true }])
    const again = () => makeSignUp(person)
    expect(await again()).toMatchObject({ status: 'refused', refusal: { code: 'use_stopped' } })
    await office.push(office.op('person.resume', { learnerId: who, reason: 'self' }))
    expect(await again()).toMatchObject({ status: 'accepted' })
  })

  async function makeSignUp(person: { name: string; nameKana: string; phone: string }) {
    const sessionId = await town.publishSession({})
    return office.say('enrollment.request', makeEnrollment({ sessionId, ...person }))
  }
})

describe('個人情報ファイル簿', () => {
  test('is filled with what is really kept, and its file is harmless to a spreadsheet', async () => {
    const { register, peopleCount, level } = (await (await get('/api/privacy')).json()) as PrivacyAnswer
    expect(level).toBe('below')
    expect(register.find(({ name }) => name === '記録範囲')?.value).toContain(`${peopleCount}人`)
    expect((await get('/api/privacy/register.csv')).headers.get('Content-Type')).toContain('text/csv')
    expect(await lines('list.exported')).toEqual([{ object: 'register', count: register.length }])
    const hostile = registerCsv(fileRegister({ name: '+cmd|市', phone: '0996', peopleCount: 1 }))
    expect(hostile).toContain(`行政機関等の名称,"'+cmd|市"`)
  })

  test('one is warned at 800 people, and told at 1,000', { timeout: 60_000 }, async () => {
    const { city, database } = town.kit
    const fill = (count: number) => database.sql`
      insert into learners (city, learner_id, name_kana, created_at)
      select ${city}, gen_random_uuid(), 'おおぜい', now()
        from generate_series(1, ${count} - (select count(*)::int from learners where city = ${city} and erased_at is null))`
    const level = async () => ((await (await get('/api/privacy')).json()) as PrivacyAnswer).level
    const levels: string[] = []
    for (const count of [799, 800, 999, 1000]) {
      await fill(count)
      levels.push(await level())
    }
    expect(levels).toEqual(['below', 'near', 'near', 'required'])
  })

  test.each(['resident', 'volunteer', 'viewer', 'organizer'] as const)('is not shown to a %s', async (role) => {
    expect((await get('/api/privacy', role)).status).toBe(403)
    expect((await get('/api/privacy/register.csv', role)).status).toBe(403)
  })
})

test('no line of the audit says anything about the person', async () => {
  const rows = await town.kit.database.sql<{ text: string }>`
    select t::text as text from audit_log t where city = ${town.kit.city}`
  expect(rows.length).toBeGreaterThan(5)
  expect(tracesIn(rows.map(({ text }) => text).join('\n'))).toEqual([])
})
