import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { makeCode } from '../../make/pairing.ts'
import { syncPhone } from './network.ts'
import type { SimPhone } from './phone.ts'
import type { SimTown } from './town.ts'
import type { World } from './world.ts'

/** What is there before anything goes wrong: classes, the phones of those who teach, and a few on the list. */
export async function openTown(world: World): Promise<void> {
  const { town } = world
  const { office, sessions, people, volunteers, chance } = town
  const { record } = office.page.recorder
  const [afternoon] = sessions
  const venueId = afternoon?.fields.venueId
  if (afternoon === undefined || venueId == null) throw new Error('A class has a venue')
  await record('venue.save', { venueId, name: '中央公民館', address: null, district: null })
  for (const { name, instructorId } of volunteers)
    if (instructorId !== null) await record('instructor.save', { instructorId, name, nameKana: 'かわばた' })
  for (const { sessionId, fields } of sessions) await record('session.create', { sessionId, fields, source: null })
  for (const { sessionId } of sessions.slice(0, 2)) await record('session.publish', { sessionId })
  const { sessionId } = afternoon
  for (const person of people.slice(0, 3)) {
    const enrollmentId = chance.newId<EnrollmentId>(Date.parse(town.now()))
    town.enrollments.push(enrollmentId)
    await record('enrollment.request', { enrollmentId, sessionId, ...person, channel: 'phone' })
  }
  await expectDone(world, office)
  await Promise.all(volunteers.map((phone) => pairPhone(town, phone)))
  await Promise.all(town.phones.map((phone) => expectDone(world, phone)))
}

async function expectDone(world: World, phone: SimPhone): Promise<void> {
  const end = await syncPhone(world, phone, 'fine')
  if (end !== 'done') throw new Error(`${phone.name} did not get through: ${end}`)
}

/** By the link of the office, and the real route. */
export async function pairPhone({ kit, servers }: SimTown, phone: SimPhone): Promise<void> {
  if (phone.instructorId === null) return
  const device = await phone.device()
  const { token } = await makeCode(kit, phone.instructorId)
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ device, token })
  const answer = await servers[0]?.fetch(new Request('http://localhost/api/pair', { method: 'POST', headers, body }))
  if (answer?.status !== 200) throw new Error(`Not paired: ${await answer?.text()}`)
}
