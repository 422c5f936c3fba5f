import { setTimeout as sleep } from 'node:timers/promises'
import { instantOf, localDateOf, plusDays } from '#kernel/time.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { Database } from '#server/database.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { type Chance, makeChance } from './chance.ts'
import { CITY } from './city.ts'
import type { History } from './history.ts'
import { type Act, makeVolunteer, makeOffice, makeResident, makeTownTalk, type TownTalk } from './load-acts.ts'
import { type LoadClient, makeLoadClient } from './load-client.ts'
import { pairPhone } from './pairing.ts'
import { makeEnrollment, makeInstructor, makeSession } from './payloads.ts'
import { makeKeys } from './server-kit.ts'
import { makeStaffLogin } from './staff.ts'

const VOLUNTEERS_PER_HALL = 3
const ON_EACH_LIST = 12
const REPEATED = 0.05

/** People with their devices, all at work in one city. */
export interface Crowd {
  readonly clients: readonly LoadClient[]
  /** Everybody does what they do and syncs, until `isOver`. */
  live(isOver: () => boolean): Promise<void>
  /** Everybody sends and fetches to the end: twice, since what one sends last is news for the others. */
  finish(): Promise<void>
  close(): void
}

export interface CrowdOptions {
  readonly seed: string
  /** Where the city can be reached; all is well there until the crowd is made. */
  readonly url: string
  /** The city's database, for what only somebody in the office can hand out: a login, a pairing code. */
  readonly database: Database
  readonly history: History
  readonly residents: number
  readonly volunteers: number
  readonly organizers: number
  /** A person rests so long on average between two round trips. */
  readonly pauseMs: number
}

interface Person {
  readonly client: LoadClient
  readonly act: Act
  readonly chance: Chance
}

/** Makes a city at work: halls with their lists and volunteers, an office, and people at home who look for a seat. */
export async function makeCrowd(options: CrowdOptions): Promise<Crowd> {
  const { seed, database, pauseMs } = options
  const kit = { database, city: CITY.code, now: () => instantOf(Date.now()), keyFor: makeKeys() }
  const talk = makeTownTalk()
  const people: Person[] = []

  async function join(
    name: string,
    makeAct: (client: LoadClient, chance: Chance) => Act,
    cookie?: string,
  ): Promise<LoadClient> {
    const address = `198.51.100.${people.length + 1}`
    const client = await makeLoadClient({ ...options, name, address, ...(cookie !== undefined && { cookie }) })
    const chance = makeChance(`${seed} ${name}`)
    people.push({ client, act: makeAct(client, chance), chance })
    return client
  }

  for (let n = 1; n <= options.organizers; n += 1) {
    const { cookie } = await makeStaffLogin({ kit }, 'organizer')
    await join(`organizer ${n}`, (client, chance) => makeOffice(client, chance, talk), cookie)
  }
  const office = people[0]?.client
  if (office === undefined) throw new Error('A crowd has an organizer')
  await office.say('venue.save', talk.venue)
  for (let first = 1; first <= options.volunteers; first += VOLUNTEERS_PER_HALL) {
    const numbers = Array.from(
      { length: Math.min(VOLUNTEERS_PER_HALL, options.volunteers - first + 1) },
      (_, n) => first + n,
    )
    const volunteers = numbers.map((n) => makeInstructor({ name: `補助員 ${n}`, nameKana: 'ほじょいん' }))
    const sessionId = await openHall(
      office,
      talk,
      volunteers.map(({ instructorId }) => instructorId),
    )
    await office.finish()
    for (const [index, volunteer] of volunteers.entries()) {
      await office.say('instructor.save', volunteer)
      await office.finish()
      const name = `volunteer ${numbers[index]}`
      const client = await join(name, (own, chance) => makeVolunteer(own, chance, sessionId))
      await pairPhone({ kit }, client.device, volunteer.instructorId)
    }
  }
  for (let n = 1; n <= options.residents; n += 1)
    await join(`resident ${n}`, (client, chance) => makeResident(client, chance, talk))

  async function live({ client, act, chance }: Person, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      for (let left = chance.int(0, 3); left > 0; left -= 1) await act()
      await client.sync()
      if (chance.happens(REPEATED)) await client.repeat(chance)
      await sleep(chance.int(0, 2 * pauseMs))
    }
  }

  return {
    clients: people.map(({ client }) => client),
    live: async (isOver) => void (await Promise.all(people.map((person) => live(person, isOver)))),
    async finish() {
      for (let round = 1; round <= 2; round += 1) await Promise.all(people.map(({ client }) => client.finish()))
    },
    close: () => people.forEach(({ client }) => client.close()),
  }
}

/** A class of tomorrow with some people on its list. Returns its id. */
async function openHall(office: LoadClient, talk: TownTalk, volunteers: readonly InstructorId[]): Promise<SessionId> {
  const heldOn = plusDays(localDateOf(instantOf(Date.now())), 1)
  const teachers = volunteers.map((instructorId) => ({ instructorId, role: 'assistant' as const }))
  const hall = makeSession({ title: '講座', heldOn, capacity: 60, teachers, venueId: talk.venue.venueId })
  talk.halls.add(hall.sessionId)
  await office.say('session.create', hall)
  await office.say('session.publish', { sessionId: hall.sessionId })
  for (let n = 0; n < ON_EACH_LIST; n += 1)
    await office.say('enrollment.request', makeEnrollment({ sessionId: hall.sessionId, ...talk.newPerson() }))
  return hall.sessionId
}
