import { applySeats } from '#enrollment/server/apply-seats.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { InCityTurn } from '#server/retention-part.ts'
import { applyPublicRecords } from '#sessions/server/apply-public-records.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { endTurn, takeTurn } from './city-turn.ts'
import { createProjection, writeFeed } from './feed.ts'

/** Does what the program does by itself as if it had been said: under the city's row lock, with a version of its own, and with
 *  every change that devices have to know in the feed. */
export const inCityTurn: InCityTurn = ({ database, city, now }, work) =>
  database.transaction(async (sql) => {
    const turn = await takeTurn(sql, city)
    const touched = new Set<SessionId>()
    const { project, all } = createProjection()
    const context: ApplyContext = {
      sql,
      city,
      version: turn.version,
      now: now(),
      settings: turn,
      project,
      touchSession: (sessionId) => touched.add(sessionId),
    }
    const value = await work(context)
    if (touched.size > 0) {
      await applySeats([...touched], context)
      await applyPublicRecords([...touched], context)
    }
    await endTurn(sql, city, turn)
    await writeFeed(sql, city, turn.version, all())
    return value
  })
