import { endHeld } from './network.ts'
import { pairPhone } from './opening.ts'
import { type SimPhone, startAnew } from './phone.ts'
import { countFault, type World } from './world.ts'

const HOUR_MS = 60 * 60 * 1000
const CLOCK_HOURS = 72

/** The pages are gone, whatever they wait for, and the program begins anew. */
export async function beginAnew(world: World, phone: SimPhone): Promise<void> {
  await endHeld(world, phone, 'lose')
  await startAnew(phone, world.town.now())
}

export async function moveClock(world: World): Promise<string> {
  const { chance, phones } = world.town
  const phone = chance.pick(phones)
  const hours = chance.int(-CLOCK_HOURS, CLOCK_HOURS)
  phone.skewMs = hours * HOUR_MS
  countFault(world, 'clock jumps')
  return `the clock of ${phone.name} is off by ${hours} hours`
}

export async function letTimePass({ town }: World): Promise<string> {
  const minutes = town.chance.int(0, 3) // in all less than an idle office stays signed in
  town.later(minutes)
  return `${minutes} minutes pass`
}

export async function reload(world: World): Promise<string> {
  const phone = world.town.chance.pick(world.town.phones)
  await beginAnew(world, phone)
  countFault(world, 'app killed')
  return `${phone.name} begins anew`
}

/** A later version of the program opens the store, while a page of the earlier one may still wait for an answer. */
export async function update(world: World): Promise<string> {
  const phone = world.town.chance.pick(world.town.phones)
  phone.open(true)
  countFault(world, 'program updated')
  return `${phone.name} has a later version`
}

/** The office ends the pairing of a volunteer's phone, which hears of it when it comes back; or pairs it once more. */
export async function changePairing(world: World): Promise<string> {
  const { town } = world
  const phone = town.chance.pick(town.volunteers)
  if (phone.isRevoked) {
    await pairPhone(town, phone)
    phone.isRevoked = false
    phone.wipedAtSeq = null
    return `${phone.name} is paired again`
  }
  const { database, city } = town.kit
  const { id } = await phone.device()
  const [pairing] = await database.sql<{ id: string }>`
    select pairing_id as id from pairings where city = ${city} and device_id = ${id} and ended_at is null`
  const answer = await town.servers[0]?.fetch(
    new Request('http://localhost/api/admin/phones/end', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: town.office.cookie ?? '' },
      body: JSON.stringify({ pairingId: pairing?.id, reason: 'lost' }),
    }),
  )
  if (answer?.status !== 200) throw new Error(`The pairing did not end: ${answer?.status}`)
  phone.isRevoked = true
  countFault(world, 'pairing ended')
  return `the pairing of ${phone.name} ends`
}

export async function restart(world: World): Promise<string> {
  const index = world.town.chance.int(0, world.town.servers.length - 1)
  world.town.restart(index)
  countFault(world, 'server restarted')
  return `process ${index} of the server begins anew`
}
