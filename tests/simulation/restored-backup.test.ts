import { beforeAll, describe, expect, test } from 'vitest'
import type { ServerKit } from '#server/kit.ts'
import type { SyncRequest } from '#sync/domain/protocol.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { insertCity } from '../make/city.ts'
import { makeIdentity } from '../make/device.ts'
import { makeSession, makeVenue } from '../make/payloads.ts'
import { makePhone, type Page, readKept } from '../make/phone.ts'
import { makeDatabase, makeRestored } from '../make/postgres.ts'
import { makeKit, makeTestDevice, type TestDevice } from '../make/server-kit.ts'

const NOW = '2026-05-12T04:30:00.000Z'

/** A server over one database, with an office that publishes and phones that ask. */
interface Server {
  publish(title: string): Promise<void>
  /** Round trips until there is nothing more. Answers how many buckets were asked for from their beginning. */
  bring(phone: Page, upTo?: (request: SyncRequest) => SyncRequest): Promise<number>
}

function makeServer(kit: ServerKit, office: TestDevice): Server {
  const route = syncRoute({ ...kit, whoIs: async () => makeIdentity('resident') })
  return {
    async publish(title) {
      const venue = makeVenue()
      const session = makeSession({ title, heldOn: '2026-06-02', venueId: venue.venueId })
      await office.push(
        office.op('venue.save', venue),
        office.op('session.create', session),
        office.op('session.publish', { sessionId: session.sessionId }),
      )
    },
    async bring(phone, upTo = (request) => request) {
      let anew = 0
      for (let more = true; more;) {
        const result = await phone.sync(async (request) => {
          anew += Object.values(request.cursors).every((cursor) => cursor === 0) ? 1 : 0
          return route.request('/api/sync', { method: 'POST', body: JSON.stringify(upTo(request)) })
        })
        if (result.kind !== 'done') throw new Error(`The phone got no answer: ${JSON.stringify(result)}`)
        more = result.more
      }
      return anew
    },
  }
}

async function titlesOn(phone: Page): Promise<readonly string[]> {
  const { records } = await readKept(phone.db)
  return records.flatMap(({ kind, body }) => (kind === 'publicSession' && 'title' in body ? [body.title] : [])).sort()
}

/** What a program of protocol 1 sent. */
function asProtocol1({ device: { id, secret, unsentCount }, push, cursors }: SyncRequest): SyncRequest {
  return { protocol: 1, device: { id, secret, unsentCount }, push, cursors }
}

describe('after a backup was put back', () => {
  let [away, near, old]: Page[] = []
  let restored: Server
  beforeAll(async () => {
    const database = await makeDatabase()
    await insertCity(database)
    const kit = makeKit({ database, now: NOW })
    const before = makeServer(kit, makeTestDevice(kit, { role: 'organizer', seed: 'office' }))
    ;[away, near, old] = [makePhone().open(), makePhone().open(), makePhone().open()]
    await before.publish('写真教室')
    await before.bring(near)
    const backup = await makeRestored(database)
    await before.publish('消えた教室')
    await before.bring(away)
    await before.bring(old, asProtocol1)
    await database.close()
    const kitAfter = makeKit({ database: backup, now: NOW })
    restored = makeServer(kitAfter, makeTestDevice(kitAfter, { role: 'organizer', seed: 'office after' }))
    return () => backup.close()
  })

  test('a phone of an earlier program that has seen more than the city drops it and fetches everything anew', async () => {
    expect(await titlesOn(old as Page)).toEqual(['写真教室', '消えた教室'])
    await restored.bring(old as Page, asProtocol1)
    expect(await titlesOn(old as Page)).toEqual(['写真教室'])
  })

  test('a phone that has seen what the city no longer knows notices it, also when the city has come further since', async () => {
    expect(await titlesOn(away as Page)).toEqual(['写真教室', '消えた教室'])
    for (const title of ['地図教室', '防災教室', '決済教室']) await restored.publish(title)
    expect(await restored.bring(away as Page)).toBe(1)
    expect(await titlesOn(away as Page)).toEqual(['写真教室', '地図教室', '防災教室', '決済教室'].sort())
  })

  test('a phone that has seen nothing else goes on where it was', async () => {
    expect(await restored.bring(near as Page)).toBe(0)
    expect(await titlesOn(near as Page)).toEqual(['写真教室', '地図教室', '防災教室', '決済教室'].sort())
  })
})
