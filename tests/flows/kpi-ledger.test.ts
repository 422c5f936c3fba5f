import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { RegisterItem } from '#kpi/domain/indicator.ts'
import type { KpiPage, KpiRows } from '#kpi/domain/kpi-page.ts'
import { applyRecordItem, applySetIndicator } from '#kpi/server/apply-plan.ts'
import { kpiRoute } from '#kpi/server/kpi-route.ts'
import type { Role } from '#login/domain/roles.ts'
import { guardRoutes } from '#login/server/guard-routes.ts'
import type { Database } from '#server/database.ts'
import { apply } from '../make/apply.ts'
import { type Facts, idOf, insertFacts, markFact, sessionFact } from '../make/facts.ts'
import { makeIndicator, makePlan } from '../make/plan.ts'
import { makeDatabase } from '../make/postgres.ts'
import { makeKit } from '../make/server-kit.ts'

const NOW = '2026-11-22T03:00:00.000Z' as Instant
const on = (day: string): LocalDate => day as LocalDate

let database: Database
let cities = 0
beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.close())

describe('the KPI ledger', () => {
  it('counts one person at three classes as 延べ 3 and 実人数 1, and who was only signed up as nobody', async () => {
    const classes = [1, 2, 3].map((n) => sessionFact(n, 'class', '2026-05-12'))
    const city = await townWith({
      sessions: classes,
      marks: classes.map((held, n) => markFact(n, held, 1)),
      enrollments: classes.map((held) => ({
        sessionId: held.sessionId,
        learnerId: idOf('person', 2),
        cancelled: false,
      })),
    })
    expect((await line(city, 'classAttendances')).actual).toEqual({ count: 3, uniqueLearners: 1 })
  })

  it('counts a person once per session, however many phones tapped, and lists the phones and the walk-in', async () => {
    const held = sessionFact(1, 'class', '2026-05-12')
    const city = await townWith({
      sessions: [held],
      marks: [
        markFact(1, held, 1, { deviceId: idOf('phone', 1) }),
        markFact(2, held, 1, { deviceId: idOf('phone', 2), walkIn: true }),
      ],
    })
    const { rows } = await drillDown(city, 'classAttendances')
    expect(rows).toEqual([
      {
        of: 'attendance',
        sessionId: held.sessionId,
        heldOn: '2026-05-12',
        title: 'スマホ教室',
        venueName: null,
        sessionCancelled: false,
        person: { learnerId: idOf('person', 1), name: '髙橋', nameKana: 'たかはし' },
        firstMarkedAt: '2026-05-12T04:30:00.000Z',
        deviceCount: 2,
        walkIn: true,
      },
    ])
  })

  it('counts a taken-back mark not at all', async () => {
    const held = sessionFact(1, 'class', '2026-05-12')
    const city = await townWith({
      sessions: [held],
      marks: [markFact(1, held, 1), markFact(2, held, 2)],
      undos: [{ markId: idOf('mark', 1), deviceId: idOf('phone', 0) }],
    })
    expect((await line(city, 'classAttendances')).actual).toEqual({ count: 1, uniqueLearners: 1 })
  })

  it('puts 出前講座 with the classes, よろず相談所 by itself, and 講師養成講座 in neither', async () => {
    const held = [
      sessionFact(1, 'class', '2026-05-12'),
      sessionFact(2, 'outreach', '2026-05-13'),
      sessionFact(3, 'helpDesk', '2026-05-14'),
      sessionFact(4, 'instructorTraining', '2026-05-15'),
    ]
    const city = await townWith({ sessions: held, marks: held.map((one, n) => markFact(n, one, 1)) })
    expect((await line(city, 'classAttendances')).actual).toEqual({ count: 2, uniqueLearners: 1 })
    expect((await line(city, 'helpDeskVisits')).actual).toEqual({ count: 1, uniqueLearners: 1 })
  })

  it('counts who came to a session that was cancelled: they were there', async () => {
    const held = sessionFact(1, 'class', '2026-05-12', { state: 'cancelled' })
    const city = await townWith({ sessions: [held], marks: [markFact(1, held, 1)] })
    expect((await line(city, 'classAttendances')).actual).toEqual({ count: 1, uniqueLearners: 1 })
    expect((await drillDown(city, 'classAttendances')).rows).toMatchObject([{ sessionCancelled: true }])
  })

  it('shows people of an unknown session under 要確認 instead of losing them, and counts them once it is known', async () => {
    const late = sessionFact(1, 'class', '2026-05-12')
    const undated = { ...sessionFact(2, 'class', '2026-05-12'), heldOn: null }
    const marks = [markFact(1, late, 1), markFact(2, undated, 2)]
    const city = await townWith({ sessions: [undated], marks })
    expect(await page(city)).toMatchObject({ reviewCount: 2 })
    expect((await line(city, 'classAttendances')).actual).toEqual({ count: 0, uniqueLearners: 0 })
    const { reviewRows } = await drillDown(city, 'classAttendances')
    expect(reviewRows.map((row) => row.why).toSorted()).toEqual(['day_unknown', 'session_unknown'])

    const cured = await townWith({ sessions: [late, { ...undated, heldOn: on('2026-06-01') }], marks })
    expect(await page(cured)).toMatchObject({ reviewCount: 0 })
    expect((await line(cured, 'classAttendances')).actual).toEqual({ count: 2, uniqueLearners: 2 })
  })

  it('adds to the baseline only what began after it, and says how much lies inside', async () => {
    const city = await townWith({
      items: [
        item(1, 'procedures', '2024-03-31'),
        item(2, 'procedures', '2024-04-01'),
        item(3, 'procedures', '2026-11-22'),
        item(4, 'facilities', '2026-11-22'),
      ],
    })
    expect(await line(city, 'procedures')).toMatchObject({
      actual: { count: 32, uniqueLearners: null },
      thisYearCount: 1,
    })
    expect(await line(city, 'facilities')).toMatchObject({ actual: { count: 1 }, ratio: 0.25 })
    const rows = await drillDown(city, 'procedures')
    expect(rows).toMatchObject({ baseline: { year: 2023, value: 30 }, insideBaselineCount: 1 })
    expect(rows.rows).toHaveLength(2)
  })

  it('gives a running total before its baseline no number rather than a wrong one', async () => {
    const city = await townWith({})
    expect(await line(city, 'procedures', 2022)).toMatchObject({ actual: null, target: null, ratio: null })
  })
})

describe('who may see the ledger', () => {
  it.each(['resident', 'volunteer'] as const)('refuses a %s the numbers and the names behind them', async (role) => {
    const city = await townWith({})
    for (const path of ['/api/kpi/2026', `/api/kpi/2026/${makeIndicator('classAttendances').indicatorId}`]) {
      const response = await ask(city, path, role)
      expect(response.status).toBe(403)
      expect(await response.json()).toEqual({ code: 'not_permitted' })
    }
  })

  it.each(['1999', '2101', '20260', 'abcd', '２０２６', "2026'--"])('answers 404 to the year %s', async (year) => {
    const response = await ask(await townWith({}), `/api/kpi/${encodeURIComponent(year)}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ code: 'year_unknown' })
  })

  it.each([idOf('other', 1), 'x', "'; drop table indicators; --"])('answers 404 to the indicator %s', async (id) => {
    const response = await ask(await townWith({}), `/api/kpi/2026/${encodeURIComponent(id)}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ code: 'indicator_unknown' })
  })
})

describe("the plan and the city's register", () => {
  it('corrects a line of the plan instead of adding a second one', async () => {
    const city = await townWith({})
    const corrected = { ...makeIndicator('facilities'), name: '予約できる施設数' }
    await apply({ database, city, now: NOW }, applySetIndicator, 'plan.setIndicator', [corrected])
    expect((await page(city)).lines.map((one) => one.indicator.name)).toEqual([
      ...makePlan()
        .slice(0, 4)
        .map((one) => one.name),
      '予約できる施設数',
    ])
  })

  it('refuses the same item twice, in whatever width it is written, also within one batch', async () => {
    const city = await townWith({})
    const hall = { ...item(1, 'facilities', '2026-11-01'), name: '市民体育館（東）' }
    const outcomes = await apply({ database, city, now: NOW }, applyRecordItem, 'plan.recordItem', [
      hall,
      { ...hall, itemId: item(2, 'facilities', '2026-11-01').itemId },
      { ...hall, itemId: item(3, 'facilities', '2026-11-01').itemId, name: '市民体育館(東)' },
      { ...hall, itemId: item(4, 'facilities', '2026-11-01').itemId, measure: 'procedures' },
    ])
    const refusal = { status: 'refused', refusal: { code: 'item_exists' } }
    expect(outcomes).toMatchObject([{ status: 'accepted' }, refusal, refusal, { status: 'accepted' }])
    expect((await line(city, 'facilities')).actual).toMatchObject({ count: 1 })
  })

  it('takes what begins today, by the day in Japan, and refuses what begins tomorrow: a promise is not a result', async () => {
    const city = await townWith({})
    const earlyMorning = '2026-11-21T15:00:00.000Z' as Instant // 0:00 on the 22nd in Japan
    const outcomes = await apply({ database, city, now: earlyMorning }, applyRecordItem, 'plan.recordItem', [
      item(1, 'facilities', '2026-11-22'),
      item(2, 'facilities', '2026-11-23'),
    ])
    expect(outcomes).toMatchObject([
      { status: 'accepted' },
      { status: 'refused', refusal: { code: 'started_in_future' } },
    ])
  })
})

async function townWith(facts: Facts): Promise<string> {
  const city = `T${cities++}`
  await insertFacts(database, city, {
    learners: [1, 2].map((n) => idOf('person', n)),
    indicators: makePlan(),
    ...facts,
  })
  return city
}

function ask(city: string, path: string, role: Role = 'organizer'): Promise<Response> {
  const kit = makeKit({ database, city, now: NOW, role })
  return Promise.resolve(new Hono().use(guardRoutes(kit)).route('/', kpiRoute(kit)).request(path))
}

async function page(city: string, year = 2026): Promise<KpiPage> {
  return (await ask(city, `/api/kpi/${year}`)).json() as Promise<KpiPage>
}

async function line(city: string, measure: Parameters<typeof makeIndicator>[0], year = 2026) {
  const found = (await page(city, year)).lines.find((one) => one.indicator.measure === measure)
  if (found === undefined) throw new Error(`no line of ${measure}`)
  return found
}

async function drillDown(city: string, measure: Parameters<typeof makeIndicator>[0]): Promise<KpiRows> {
  return (await ask(city, `/api/kpi/2026/${makeIndicator(measure).indicatorId}`)).json() as Promise<KpiRows>
}

function item(n: number, measure: RegisterItem['measure'], startedOn: string): RegisterItem {
  return { itemId: idOf('item', n) as RegisterItem['itemId'], measure, name: `手続き${n}`, startedOn: on(startedOn) }
}
