import { Hono } from 'hono'
import * as v from 'valibot'
import type { ServerKit } from '#server/kit.ts'
import { sessionId } from '#sessions/domain/session.ts'
import type { OwnProgram } from '#sync/domain/device-ledger.ts'
import { readDeviceLedger } from './device-ledger.ts'
import { readSessionPhones } from './session-phones.ts'

/** GET /api/office/devices and /api/office/sessions/:id/phones: what has not come in yet, and from whom. `own`: the build this server
 *  gives out. */
export function deviceLedgerRoute({ database, city, now }: ServerKit, own: OwnProgram | null): Hono {
  return new Hono()
    .get('/api/office/devices', async (c) => c.json(await readDeviceLedger(database.sql, { city, now: now(), own })))
    .get('/api/office/sessions/:id/phones', async (c) => {
      const id = v.safeParse(sessionId, c.req.param('id'))
      const phones = id.success
        ? await readSessionPhones(database.sql, { city, now: now(), sessionId: id.output })
        : null
      return phones === null ? c.json({ code: 'session_unknown' }, 404) : c.json(phones)
    })
}
