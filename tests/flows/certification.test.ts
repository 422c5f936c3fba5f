import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Instant, LocalDate } from '#kernel/time.ts'
import { readActuals } from '#kpi/server/actuals.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Role } from '#login/domain/roles.ts'
import { guardRoutes } from '#login/server/guard-routes.ts'
import type { Database } from '#server/database.ts'
import type { Certification, TraineesAnswer } from '#training/domain/certification.ts'
import { applyCertify } from '#training/server/apply-certify.ts'
import { trainingRoute } from '#training/server/training-route.ts'
import { apply } from '../make/apply.ts'
import { idOf, insertFacts, markFact, type SessionFact, sessionFact } from '../make/facts.ts'
import { makePlan } from '../make/plan.ts'
import { makeDatabase } from '../make/postgres.ts'
import { makeKit } from '../make/server-kit.ts'

const NOW = '2026-11-22T03:00:00.000Z' as Instant
const [ENROLLED, CAME, CLASS_ONLY, BACKED_OUT] = [1, 2, 3, 4]

let database: Database
let cities = 0
beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.close())

describe('認定', () => {
  it('is given to whoever signed up for training or came to it', async () => {
    const town = await makeTown()
    const outcomes = await certify(town, [certificate(1, ENROLLED), certificate(2, CAME)])
    expect(outcomes).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }])
    const counted = await readActuals(database.sql, town.city, 2026 as FiscalYear)
    expect(counted.find((line) => line.indicator.measure === 'certifications')).toMatchObject({
      actual: { count: 2, uniqueLearners: 2 },
      thisYearCount: 2,
    })
  })

  it.each([
    ['somebody nobody knows', certificate(1, 99), 'learner_unknown'],
    ['a visitor of ordinary classes', certificate(1, CLASS_ONLY), 'not_a_trainee'],
    ['somebody who backed out before coming', certificate(1, BACKED_OUT), 'not_a_trainee'],
    ['a trainee with a day that has not come yet', certificate(1, CAME, { on: '2026-11-23' }), 'certified_in_future'],
  ])('is refused to %s', async (_who, asked, code) => {
    expect(await certify(await makeTown(), [asked])).toMatchObject([{ status: 'refused', refusal: { code } }])
  })

  it('judges the day by the calendar of Japan', async () => {
    const town = { ...(await makeTown()), now: '2026-11-22T15:00:00.000Z' as Instant } // 0:00 on the 23rd in Japan
    expect(await certify(town, [certificate(1, CAME, { on: '2026-11-23' })])).toMatchObject([{ status: 'accepted' }])
  })

  it('is given once per person, and each number once, in whatever width it is written, also within one batch', async () => {
    const outcomes = await certify(await makeTown(), [
      certificate(1, CAME, { number: '第1号' }),
      certificate(2, CAME, { number: '第2号' }),
      certificate(3, ENROLLED, { number: '第１号' }),
      certificate(4, ENROLLED, { number: '第2号' }),
    ])
    expect(outcomes).toMatchObject([
      { status: 'accepted' },
      { status: 'refused', refusal: { code: 'already_certified' } },
      { status: 'refused', refusal: { code: 'number_taken' } },
      { status: 'accepted' },
    ])
  })
})

describe("the office's list of trainees", () => {
  it('shows who signed up, who came and who is certified; those still to be certified first', async () => {
    const town = await makeTown()
    await certify(town, [certificate(1, CAME)])
    const { today, trainees } = (await (await ask(town.city)).json()) as TraineesAnswer
    expect(today).toBe('2026-11-22')
    const known = { name: '髙橋', nameKana: 'たかはし' }
    expect(trainees).toEqual([
      { ...known, learnerId: idOf('person', ENROLLED), enrolledCount: 2, attendedCount: 0, certification: null },
      {
        ...known,
        learnerId: idOf('person', CAME),
        enrolledCount: 0,
        attendedCount: 1,
        certification: { certifiedOn: '2026-11-20', number: '第1号' },
      },
    ])
  })

  it.each(['resident', 'volunteer'] as const)('is not shown to a %s', async (role) => {
    const response = await ask((await makeTown()).city, role)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({ code: 'not_permitted' })
  })
})

async function makeTown() {
  const city = `C${cities++}`
  const first = sessionFact(1, 'instructorTraining', '2026-10-01')
  const second = sessionFact(2, 'instructorTraining', '2026-10-08')
  const ordinary = sessionFact(3, 'class', '2026-10-01')
  const signUp = (held: SessionFact, n: number, cancelled = false) => ({
    sessionId: held.sessionId,
    learnerId: idOf('person', n),
    cancelled,
  })
  await insertFacts(database, city, {
    sessions: [first, second, ordinary],
    learners: [ENROLLED, CAME, CLASS_ONLY, BACKED_OUT].map((n) => idOf('person', n)),
    enrollments: [
      signUp(first, ENROLLED),
      signUp(second, ENROLLED),
      signUp(ordinary, CLASS_ONLY),
      signUp(first, BACKED_OUT, true),
    ],
    // Two phones saw the same person come: one unit attended.
    marks: [
      markFact(1, first, CAME, { deviceId: idOf('phone', 1) }),
      markFact(2, first, CAME, { deviceId: idOf('phone', 2) }),
      markFact(3, ordinary, CLASS_ONLY),
    ],
    indicators: makePlan(),
  })
  return { database, city, now: NOW }
}

function certificate(n: number, learner: number, more: { on?: string; number?: string } = {}): Certification {
  return {
    certificationId: idOf('cert', n) as Certification['certificationId'],
    learnerId: idOf('person', learner) as Certification['learnerId'],
    certifiedOn: (more.on ?? '2026-11-20') as LocalDate,
    number: more.number ?? `第${n}号`,
  }
}

function certify(town: { database: Database; city: string; now: Instant }, asked: readonly Certification[]) {
  return apply(town, applyCertify, 'training.certify', asked)
}

function ask(city: string, role: Role = 'organizer'): Promise<Response> {
  const kit = makeKit({ database, city, now: NOW, role })
  return Promise.resolve(
    new Hono().use(guardRoutes(kit)).route('/', trainingRoute(kit)).request('/api/training/trainees'),
  )
}
