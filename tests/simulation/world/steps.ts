import type { Chance } from '../../make/chance.ts'
import { deliver, endHeld, syncPhone, WAYS } from './network.ts'
import { beginAnew, changePairing, letTimePass, moveClock, reload, restart, update } from './mishaps.ts'
import type { SimPhone } from './phone.ts'
import { SERVER_FAULTS, type ServerPlan } from './server-process.ts'
import { STORAGE_FAULTS, type StorageFault } from './storage.ts'
import { deedOf, pickWeighted, signUpFor } from './taps.ts'
import { meetAtServer } from './together.ts'
import { watchCursors } from './watch.ts'
import { countFault, type World } from './world.ts'

/** Does one thing, and tells in words what became of it. */
type Step = (world: World) => Promise<string>

/** How often each step is taken, against the others. */
const STEPS: readonly (readonly [weight: number, step: Step])[] = [
  [9, async (world) => tap(world, world.town.chance.pick(world.town.phones))],
  [7, async (world) => sync(world, world.town.chance.pick(world.town.phones))],
  [9, tapAndSync],
  [4, arrive],
  [2, moveClock],
  [1, letTimePass],
  [2, reload],
  [1, update],
  [1, changePairing],
  [1, restart],
  [3, goTogether],
  [1, repeatAtOnce],
]

export function takeStep(world: World): Promise<string> {
  return pickWeighted(world.town.chance, STEPS)(world)
}

/** Somebody does something on their phone, whose storage may fail them. */
async function tap(world: World, phone: SimPhone): Promise<string> {
  const { chance } = world.town
  const deed = await deedOf(world, phone)
  if (deed === null) return `${phone.name} has nothing to tap`
  const fault = planStorage(world, phone, 8)
  const before = phone.recorded.length
  const end = await deed().then(
    () => 'kept',
    () => 'not kept',
  )
  const met = await healStorage(world, phone, fault)
  const said = phone.recorded.slice(before).map(({ seq, name }) => `${seq} ${name}`)
  const more = met === '' && chance.happens(0.4) ? `; ${await tap(world, phone)}` : ''
  return `${phone.name} taps ${said.join()}: ${end}${met}${more}`
}

/** A phone syncs, over a network, with a server, and into a storage that may all fail it. */
async function sync(world: World, phone: SimPhone): Promise<string> {
  const { chance } = world.town
  let way = chance.happens(0.3) ? ('fine' as const) : chance.pick(WAYS)
  if (world.held.has(phone)) {
    phone.open() // another tab: the one that waits is frozen
    if (way === 'answerLate') way = 'fine'
  }
  const plan = chance.happens(0.25) ? anyPlan(chance) : null
  const fault = planStorage(world, phone, 30)
  const { end, met } = await withServer(world, plan, () => syncPhone(world, phone, way))
  const stored = await healStorage(world, phone, fault)
  await watchCursors(world, phone)
  return `${phone.name} syncs ${way}: ${end}${met}${stored}`
}

async function tapAndSync(world: World): Promise<string> {
  const phone = world.town.chance.pick(world.town.phones)
  return `${await tap(world, phone)}; ${await sync(world, phone)}`
}

/** Most of it at the nasty moment: just before the commit, or between it and the answer. */
function anyPlan(chance: Chance): ServerPlan {
  const at = pickWeighted<ServerPlan['at']>(chance, [
    [3, 'end'],
    [4, 'committed'],
    [3, chance.int(1, 30)],
  ])
  return { fault: chance.pick(SERVER_FAULTS), at }
}

/** Does something with one of the two processes of the server, in which something may go wrong. */
async function withServer(
  world: World,
  plan: ServerPlan | null,
  work: () => Promise<string>,
): Promise<{ readonly end: string; readonly met: string }> {
  const { town } = world
  world.serverIndex = town.chance.int(0, town.servers.length - 1)
  const server = town.servers[world.serverIndex]
  if (plan !== null) server?.plan(plan)
  world.mayFail = plan !== null
  const end = await work()
  world.mayFail = false
  const wasMet = server?.heal() === true
  if (server?.isDead) town.restart(world.serverIndex)
  if (plan === null || !wasMet) return { end, met: '' }
  countFault(world, `server ${plan.fault}`)
  return { end, met: `, server ${plan.fault} at ${plan.at}` }
}

function planStorage({ town: { chance }, storages }: World, phone: SimPhone, most: number): StorageFault | null {
  if (!chance.happens(0.2)) return null
  const fault = chance.pick(STORAGE_FAULTS)
  storages.plan(phone.storage, fault, chance.int(1, most))
  return fault
}

/** All is well with the phone's storage again; whoever was killed begins anew. */
async function healStorage(world: World, phone: SimPhone, fault: StorageFault | null): Promise<string> {
  if (!world.storages.heal(phone.storage) || fault === null) return ''
  countFault(world, `storage ${fault}`)
  if (fault === 'killed') await beginAnew(world, phone)
  return `, storage ${fault}`
}

/** Something that was on its way arrives: an answer that a page waits for, or a request that a phone has given up. */
async function arrive(world: World): Promise<string> {
  const { chance } = world.town
  const waiting = [...world.held.keys()]
  if (waiting.length === 0 && world.underway.length === 0) return tapAndSync(world)
  if (waiting.length > 0 && (world.underway.length === 0 || chance.happens(0.5))) {
    const phone = chance.pick(waiting)
    const end = await endHeld(world, phone, 'arrive')
    await watchCursors(world, phone)
    return `the answer to ${phone.name} arrives: ${end}`
  }
  const [letter] = world.underway.splice(chance.int(0, world.underway.length - 1), 1)
  if (letter === undefined) throw new Error('Something is on its way')
  const plan = chance.happens(0.2) ? anyPlan(chance) : null
  const arrival = (): Promise<string> =>
    deliver(world, letter).then(
      ({ status }) => String(status),
      () => 'nobody answers',
    )
  const { end, met } = await withServer(world, plan, arrival)
  return `an old request of ${letter.phone.name} arrives: ${end}${met}`
}

/** Somebody does something, and nothing goes wrong. */
async function act(world: World, phone: SimPhone): Promise<void> {
  const deed = await deedOf(world, phone)
  await deed?.()
}

/** Two people say something in the same moment. */
async function goTogether(world: World): Promise<string> {
  const { chance, phones, sessions, volunteers } = world.town
  const isForSeats = chance.happens(0.6) // of one session
  const free = phones.filter((phone) => !world.held.has(phone) && !(isForSeats && volunteers.includes(phone)))
  const [first, second] = chance.sample(free, 2)
  if (first === undefined || second === undefined) return 'nobody is free'
  const { sessionId } = chance.pick(sessions)
  for (const phone of [first, second]) await (isForSeats ? signUpFor(world, phone, sessionId)() : act(world, phone))
  countFault(world, 'two at once')
  const ends = await meetAtServer(
    world,
    [() => syncPhone(world, first, 'fine'), () => syncPhone(world, second, 'fine')],
    anyMeeting(chance),
  )
  return `${first.name} and ${second.name} at once: ${ends.join()}`
}

/** A request arrives a second time while the server is still at work on the first. */
async function repeatAtOnce(world: World): Promise<string> {
  const { chance, phones } = world.town
  const phone = chance.pick(phones)
  if (world.held.has(phone)) return `${phone.name} waits for an answer`
  await act(world, phone)
  countFault(world, 'twice at once')
  const again = async (): Promise<string> => {
    const letter = world.underway.pop()
    return letter === undefined ? 'none' : String((await deliver(world, letter)).status)
  }
  const ends = await meetAtServer(world, [() => syncPhone(world, phone, 'twiceLate'), again], anyMeeting(chance))
  return `${phone.name} is heard twice at once: ${ends.join()}`
}

function anyMeeting(chance: Chance): Parameters<typeof meetAtServer>[2] {
  const first = chance.int(0, 1)
  return { order: [first, chance.happens(0.7) ? 1 - first : first], pauseAt: chance.int(2, 14) }
}
