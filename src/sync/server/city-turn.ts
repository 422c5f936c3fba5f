import type { Sql } from '#server/database.ts'

/** One transaction's turn at a city: nobody else writes to it until commit. */
export interface CityTurn {
  /** What this transaction's changes are published under, if it publishes any. */
  readonly version: number
  readonly learnersPerTeacher: number
}

/** Waits for the city's row, and keeps it until commit. Versions commit in order because of it. */
export async function takeTurn(sql: Sql, city: string): Promise<CityTurn> {
  // Not «for update»: who only refers to the city, as a new device does, need not wait.
  const [locked] = await sql<{ version: number; learners_per_teacher: number }>`
    select version, learners_per_teacher from cities where city = ${city} for no key update`
  if (locked === undefined) throw new Error(`No city ${city} in this database`)
  return { version: locked.version + 1, learnersPerTeacher: locked.learners_per_teacher }
}

/** Makes the turn's version the city's, with a mark that no other history of this city has. */
export async function endTurn(sql: Sql, city: string, { version }: CityTurn): Promise<void> {
  await sql`
    with moved as (update cities set version = ${version} where city = ${city} returning city, version)
    insert into feed_versions (city, version) select city, version from moved`
}
