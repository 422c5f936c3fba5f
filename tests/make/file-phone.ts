import type { Hono } from 'hono'
import type { Uuid } from '#kernel/uuid.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import { makeOutboxFile } from '#sync/client/make-outbox-file.ts'
import { ensureDevice } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import type { Send } from '#sync/client/sync-once.ts'
import { pairPhone } from './pairing.ts'
import { makePhone } from './phone.ts'
import type { PhoneTown } from './phone-town.ts'

/** A phone with the program's real client, which may or may not reach the server. */
export interface FilePhone {
  readonly deviceId: Uuid
  readonly db: LocalDb
  readonly record: Recorder['record']
  /** Round trips until everything is sent and fetched. */
  sync(): Promise<void>
  /** The text of the file that the person makes. */
  makeFile(): Promise<string>
}

interface Wanted {
  readonly town: PhoneTown
  readonly server: Hono
  /** `null`: nobody's phone. */
  readonly whose: InstructorId | null
  /** Of whoever is signed in there. */
  readonly cookie?: string
}

/** A phone that stands at the town's time, paired by a real code. */
export async function makeFilePhone({ town, server, whose, cookie }: Wanted): Promise<FilePhone> {
  const surroundings = { ...browserSurroundings, now: () => town.now() }
  const page = makePhone(surroundings.now).open()
  const device = await ensureDevice(page.db, surroundings)
  if (whose !== null) await pairPhone(town.kit, device, whose)
  const headers = { 'Content-Type': 'application/json', ...(cookie !== undefined && { Cookie: cookie }) }
  const send: Send = async (request) =>
    server.request('/api/sync', { method: 'POST', headers, body: JSON.stringify(request) })
  return {
    deviceId: device.id,
    db: page.db,
    record: page.recorder.record,
    async sync() {
      for (;;) {
        const result = await page.sync(send)
        if (result.kind !== 'done') throw new Error(`The round trip ended as ${result.kind}`)
        if (!result.more) return
      }
    },
    async makeFile() {
      const made = await makeOutboxFile(page.db, surroundings)
      if (!made.ok) throw new Error(`No file: ${made.error.code}`)
      return made.value.text
    },
  }
}
