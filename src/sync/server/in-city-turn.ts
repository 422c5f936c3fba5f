import { applySeats } from '#enrollment/server/apply-seats.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { InCityTurn } from '#server/retention-part.ts'
import { applyPublicRecords } from '#sessions/server/apply-public-records.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { createProjection, writeFeed } from './feed.ts'

/** Does what the program does by itself as if it had been said: under the city's row lock, with a version of its own, and with
 *  every change that devices have to know in the feed. */
export const inCityTurn: InCityTurn = ({ database, city, now }, work) =>
  database.transaction(async (sql) => {
    const [locked] = await sql<{ version: number; learners_per_teacher: number }>`
      select version, learners_per_teacher from cities where city = ${city} for update`
    if (locked === undefined) throw new Error(`No city ${city} in this database`)
    const version = locked.version + 1
    const touched = new Set<SessionId>()
    const { project, all } = createProjection()
    const context: ApplyContext = {
      sql,
      city,
      version,
      now: now(),
      settings: { learnersPerTeacher: locked.learners_per_teacher },
      project,
      touchSession: (sessionId) => touched.add(sessionId),
    }
    const value = await work(context)
    if (touched.size > 0) {
      await applySeats([...touched], context)
      await applyPublicRecords([...touched], context)
    }
    await sql`update cities set version = ${version} where city = ${city}`
    await writeFeed(sql, city, version, all())
    return value
  })
