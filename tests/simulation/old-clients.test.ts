import { beforeAll, describe, expect, test } from 'vitest'
import type { LearnerId } from '#people/domain/learner.ts'
import type { Role } from '#login/domain/roles.ts'
import type { ServerKit } from '#server/kit.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { CITY } from '../make/city.ts'
import { makeIdentity } from '../make/device.ts'
import { loadCity, loadPhone, type OldRelease, readRelease } from '../make/old-release.ts'
import { type Page, readKept } from '../make/phone.ts'
import type { TestDatabase } from '../make/postgres.ts'
import { makeKit } from '../make/server-kit.ts'

const RELEASES = [
  { name: 'release-1', since: 'three releases ago' },
  { name: 'release-2', since: 'two releases ago' },
  { name: 'release-3', since: 'one release ago' },
]

/** Every word of an operation, as the wire has it. */
const DESK = ['attendance.mark', 'attendance.mark', 'attendance.undo', 'attendance.mark', 'attendance.walkIn']

function ask(kit: ServerKit, role: Role, request: SyncRequest): Promise<Response> {
  const route = syncRoute({ ...kit, whoIs: async () => makeIdentity(role) })
  return Promise.resolve(route.request('/api/sync', { method: 'POST', body: JSON.stringify(request) }))
}

async function bring(kit: ServerKit, role: Role, phone: Page): Promise<void> {
  for (let more = true; more;) {
    const result = await phone.sync((request) => ask(kit, role, request))
    if (result.kind !== 'done') throw new Error(`The phone got no answer: ${JSON.stringify(result)}`)
    more = result.more
  }
}

/** What the city knows afterwards, in one line each. */
async function readCity(kit: ServerKit, { sessionId, later, learners }: OldRelease): Promise<object> {
  const { sql } = kit.database
  const present = await sql<{ id: LearnerId; walkIn: boolean }>`
    select learner_id as id, walk_in as "walkIn" from attendance where city = ${kit.city} and session_id = ${sessionId}`
  const states = await sql<{ state: string }>`
    select state from enrollments_now where city = ${kit.city} and session_id = ${later} order by state`
  const titles = await sql<{ title: string }>`
    select title from sessions where city = ${kit.city} and state = 'published' order by title`
  const operations = await sql<{ count: number }>`
    select count(*)::int as count from operations where city = ${kit.city} and name like 'attendance.%'`
  return {
    here: learners.map((id) => present.some((one) => one.id === id)),
    walkIns: present.filter((one) => one.walkIn).length,
    later: states.map(({ state }) => state),
    titles: titles.map(({ title }) => title),
    facts: operations[0]?.count,
  }
}

const ALL_TOLD = {
  here: [true, false, true, false], // the second was taken back
  walkIns: 1,
  later: ['cancelled', 'enrolled'],
  titles: ['写真教室', '地図教室', '防災教室'],
  facts: DESK.length, // two of them had arrived before, and their answer was lost
}

for (const { name, since } of RELEASES) {
  describe(`phones that fell asleep ${since}`, () => {
    let release: OldRelease
    let [forPhones, forWords]: TestDatabase[] = []
    beforeAll(async () => {
      release = await readRelease(name)
      ;[forPhones, forWords] = [await loadCity(release), await loadCity(release)]
      return async () => Promise.all([forPhones?.close(), forWords?.close()])
    })
    const kitOver = (database: TestDatabase | undefined): ServerKit =>
      makeKit({ database: database as TestDatabase, now: release.now, city: CITY.code })

    test('wake up with the program of today, send all they kept, once, and know what is new', async () => {
      const kit = kitOver(forPhones)
      const pages = await Promise.all(
        release.phones.map(async (phone) => ({ ...phone, page: (await loadPhone(phone)).open() })),
      )
      const desk = pages.find((phone) => phone.name === 'desk')
      const kept = await readKept(desk?.page.db as Page['db'])
      expect(kept.outbox.map(({ operation }) => operation.name)).toEqual(DESK)
      for (const { page, role } of [...pages, ...pages]) await bring(kit, role, page)
      for (const { page } of pages) expect((await readKept(page.db)).outbox).toEqual([])
      expect(await readCity(kit, release)).toEqual(ALL_TOLD)
      const marks = (await readKept(desk?.page.db as Page['db'])).records.filter(({ kind }) => kind === 'mark')
      expect(marks).toHaveLength(4)
    })

    test('are heard also when they wake up without the new program: what they send is taken as it is', async () => {
      const kit = kitOver(forWords)
      for (const { role, request } of [...release.requests, ...release.requests]) {
        expect(request.protocol).toBeLessThan(PROTOCOL)
        const response = await ask(kit, role, request)
        expect(response.status).toBe(200)
        const answer = (await response.json()) as SyncAnswer
        expect(answer.outcomes.map(({ status }) => status)).toEqual(request.push.map(() => 'accepted'))
        // What a program of protocol 1 reads of an answer.
        expect(answer).toMatchObject({
          changes: expect.any(Array),
          cursors: expect.any(Object),
          more: expect.any(Boolean),
        })
      }
      expect(await readCity(kit, release)).toEqual(ALL_TOLD)
    })
  })
}
