import type { Hono } from 'hono'
import type { Recorder } from '#client/recorder.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { ensureDevice } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import type { Send } from '#sync/client/sync-once.ts'
import { pairPhone } from './pairing.ts'
import { makePhone, makeTap } from './phone.ts'
import type { PhoneTown } from './phone-town.ts'

/** A helper's phone with the program's real client, as the server sees it. */
export interface LedgerPhone {
  readonly deviceId: Uuid
  /** So many people came, one tap each. */
  tap(sessionId: SessionId, count: number): Promise<void>
  record: Recorder['record']
  /** One round trip: as many operations as one request carries. */
  syncOnce(): Promise<void>
  /** One whose answer is lost: the server has heard it all. */
  syncUnheard(): Promise<void>
  /** Round trips until everything is sent and fetched. */
  syncAll(): Promise<void>
}

interface Wanted {
  readonly town: PhoneTown
  readonly server: Hono
  /** `null`: nobody's phone. */
  readonly whose: InstructorId | null
  readonly program?: string
  /** Of whoever is signed in there. */
  readonly cookie?: string
}

/** A phone that stands at the town's time, paired by a real code. */
export async function makeLedgerPhone({
  town,
  server,
  whose,
  program = 'app-new.js',
  cookie,
}: Wanted): Promise<LedgerPhone> {
  const now = (): Instant => town.now()
  const page = makePhone(now).open()
  const device = await ensureDevice(page.db, { ...browserSurroundings, now })
  if (whose !== null) await pairPhone(town.kit, device, whose)
  const headers = { 'Content-Type': 'application/json', ...(cookie !== undefined && { Cookie: cookie }) }
  const send: Send = async (request) =>
    server.request('/api/sync', { method: 'POST', headers, body: JSON.stringify(request) })

  async function roundTrip(): Promise<boolean> {
    const result = await page.sync(send, { program })
    if (result.kind !== 'done') throw new Error(`The round trip ended as ${result.kind}`)
    return result.more
  }
  return {
    deviceId: device.id,
    async tap(sessionId, count) {
      const taps = Array.from({ length: count }, () => makeTap({ sessionId }))
      await page.recorder.recordAll(taps.map((payload) => ({ name: 'attendance.mark' as const, payload })))
    },
    record: page.recorder.record,
    syncOnce: async () => void (await roundTrip()),
    async syncUnheard() {
      const cut: Send = (...asked) => send(...asked).then(() => Promise.reject(new Error('cut')))
      await page.sync(cut, { program })
    },
    async syncAll() {
      while (await roundTrip());
    },
  }
}
