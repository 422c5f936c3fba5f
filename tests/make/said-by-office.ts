import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { localDateOf, plusDays, plusMinutes } from '#kernel/time.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { makeEnrollment, makeMerge, makeSession, makeVenue } from './payloads.ts'
import { makePlan } from './plan.ts'
import type { Person } from './names.ts'
import type { RunningProduct } from './running-product.ts'
import { makeTestDevice } from './server-kit.ts'

type GivenSession = Omit<NonNullable<Parameters<typeof makeSession>[0]>, 'heldOn' | 'venueId'> & {
  /** Days from today; two weeks unless the test says when. */
  readonly inDays?: number
  readonly venueName?: string
}

/** Of today's class for which people still sign up while the test runs, whatever the clock of this machine says. */
export const LATE = { startTime: '23:30', endTime: '23:50' } as const

/** An organizer makes a session public, as the office's page does. */
export async function publishSession(product: RunningProduct, given: GivenSession = {}): Promise<SessionId> {
  const { inDays = 14, venueName = '中央公民館', ...wanted } = given
  const office = product.device('organizer')
  const venue = makeVenue({ name: venueName })
  const heldOn = plusDays(localDateOf(product.kit.now()), inDays)
  const session = makeSession({ ...wanted, heldOn, venueId: venue.venueId })
  await office.push(
    office.op('venue.save', venue),
    office.op('session.create', session),
    office.op('session.publish', { sessionId: session.sessionId }),
  )
  return session.sessionId
}

/** Two days ago: so that people are in time for today's class, whatever the clock of this machine says. */
export function inTime({ kit }: RunningProduct): ServerKit {
  return { ...kit, now: () => plusMinutes(kit.now(), -2 * 24 * 60) }
}

/** These people sign up, in this order. */
export async function signUp(
  product: RunningProduct,
  sessionId: SessionId,
  people: readonly Person[],
): Promise<readonly EnrollmentId[]> {
  const office = makeTestDevice(inTime(product), { role: 'organizer' })
  const requests = people.map((person) => makeEnrollment({ sessionId, ...person }))
  await office.push(...requests.map((request) => office.op('enrollment.request', request)))
  return requests.map(({ enrollmentId }) => enrollmentId)
}

/** The city's plan, so that the yearly figures have something to stand beside. */
export async function setPlan(product: RunningProduct): Promise<void> {
  const office = product.device('organizer')
  await office.push(...makePlan().map((indicator) => office.op('plan.setIndicator', indicator)))
}

/** The office says that two who signed up are one person. */
export async function mergePeople(
  product: RunningProduct,
  [one, other]: readonly [EnrollmentId | undefined, EnrollmentId | undefined],
): Promise<void> {
  const office = product.device('organizer')
  // Who was first met through a sign-up has its id.
  const said = { learnerId: one as string as LearnerId, intoLearnerId: other as string as LearnerId }
  await office.push(office.op('person.merge', makeMerge(said)))
}
