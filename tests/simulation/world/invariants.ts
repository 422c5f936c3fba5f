import { isDeepStrictEqual } from 'node:util'
import { verifyAudit } from '#audit/server/verify-audit.ts'
import type { HeldRecord } from '#client/local-schema.ts'
import type { Operation } from '#sync/domain/protocol.ts'
import type { KeptAll, SimPhone } from './phone.ts'
import type { KeptOperation, Truth } from './truth.ts'
import { mayHold } from './watch.ts'
import type { World } from './world.ts'

interface Seen {
  readonly phone: SimPhone
  readonly kept: KeptAll
  /** What has to be with the server: all it recorded, but for what a phone that is nobody's any more said too late. */
  readonly due: readonly Operation[]
}

/** What must hold once all is well again. Tells what does not, in words. */
export async function findBroken(world: World, truth: Truth): Promise<readonly string[]> {
  const { town } = world
  const seen: Seen[] = []
  for (const phone of town.phones) {
    const isTooLate = ({ seq }: Operation): boolean => phone.wipedAtSeq !== null && seq > phone.wipedAtSeq
    seen.push({ phone, kept: await phone.readKept(), due: phone.recorded.filter((one) => !isTooLate(one)) })
  }
  const audit = await verifyAudit(town.kit.database.sql, town.kit.city)
  const parts = [
    ...seen.flatMap((one) => findLost(one, truth)),
    findStrangers(seen, truth),
    ...seen.flatMap((one) => findHeldBack(one)),
    ...seen.flatMap((one) => findWrongAnswers(one, truth)),
    ...findWrongFacts(seen, truth),
    ...(await Promise.all(seen.map((one) => findWrongRecords(world, one, truth)))).flat(),
    ...findVersionGaps(world, truth),
    say('somebody waits while a seat is free', truth.idle),
    say('the audit is broken', audit.breaks),
  ]
  return parts.filter((part) => part !== null)
}

/** Everything that was kept on a phone is with the server, exactly once, and in its order. */
function findLost({ phone, due }: Seen, { operations }: Truth): readonly (string | null)[] {
  return due.map(({ id, seq, name }) => {
    const found = operations.filter((one) => one.id === id)
    return found.length === 1 ? null : `${phone.name}: ${seq} ${name} is with the server ${found.length} times`
  })
}

/** And nothing else is: no number of a phone twice, and nothing that nobody said. */
function findStrangers(seen: readonly Seen[], { operations }: Truth): string | null {
  const said = new Set(seen.flatMap(({ due }) => due.map(({ id }) => id as string)))
  const strangers = operations.filter(({ id }) => !said.has(id))
  const places = operations.map(({ device, seq }) => `${device} ${seq}`)
  return say('said by nobody, or said twice', [
    ...strangers,
    ...places.filter((place, index) => places.indexOf(place) !== index),
  ])
}

/** Outboxes are empty, but for facts that a phone recorded after it had handed in everything and was nobody's any more. */
function findHeldBack({ phone, kept, due }: Seen): readonly (string | null)[] {
  const tooLate = phone.recorded.filter((one) => !due.includes(one)).map(({ id }) => id)
  const wrong = kept.outbox.filter(
    ({ operation, state, outcome }) =>
      !tooLate.includes(operation.id) ||
      state !== 'attention' ||
      !isDeepStrictEqual(outcome, notPermitted(operation.id)),
  )
  return [
    say(
      `${phone.name} still keeps`,
      wrong.map(({ operation, outcome }) => ({ ...operation, outcome })),
    ),
    kept.outbox.length < tooLate.length ? `${phone.name} has lost what was held back` : null,
  ]
}

const notPermitted = (id: string) => ({ id, status: 'held', reason: 'not_permitted' })

/** Each phone was told what the server has written down. */
function findWrongAnswers({ phone, kept, due }: Seen, { operations }: Truth): readonly (string | null)[] {
  const outcomes = new Map(operations.map((one) => [one.id, one.outcome]))
  const told = kept.answers as readonly { operation: Operation; outcome: { id: string } & KeptOperation['outcome'] }[]
  const lies = told.filter(({ outcome: { id, ...outcome } }) => !isDeepStrictEqual(outcome, outcomes.get(id)))
  const sent = new Map(kept.sent.map((line) => [line.id as string, line.status]))
  const unheard = due.filter(({ id }) => sent.get(id) !== outcomes.get(id)?.status)
  return [say(`${phone.name} was told otherwise than it is written`, lies), say(`${phone.name} has not heard`, unheard)]
}

/** The tables and the totals, counted again from what the phones believe was accepted. */
function findWrongFacts(seen: readonly Seen[], truth: Truth): readonly (string | null)[] {
  const accepted = seen.flatMap(({ kept, due }) => {
    const taken = new Set(kept.sent.filter(({ status }) => status === 'accepted').map(({ id }) => id))
    return due.filter(({ id }) => taken.has(id))
  })
  const marks = accepted.flatMap((one) =>
    one.name === 'attendance.mark' || one.name === 'attendance.walkIn' ? [one.payload] : [],
  )
  const undone = accepted.flatMap((one) => (one.name === 'attendance.undo' ? one.payload.markIds : []))
  const asked = accepted.flatMap((one) => (one.name === 'enrollment.request' ? [one.payload.enrollmentId] : []))
  const givenBack = accepted.filter(({ name }) => name === 'enrollment.cancel' || name === 'enrollment.withdraw')
  const standing = marks.filter(({ markId }) => !undone.includes(markId))
  const visits = new Set(standing.map(({ sessionId, learnerId }) => `${sessionId} ${learnerId}`))
  return [
    differ('marks', sorted(marks.map(({ markId }) => markId)), truth.marks),
    differ('undos', sorted(new Set(undone)), truth.undos),
    differ('enrollments', sorted(asked), truth.enrollments),
    differ('cancellations', givenBack.length, truth.cancelled.length),
    differ('延べ', visits.size, truth.visits),
    differ('実人数', new Set(standing.map(({ learnerId }) => learnerId)).size, truth.people),
  ]
}

/** A phone holds exactly what it is granted, as the server has it: so any two that hold the same agree. */
async function findWrongRecords(
  { town }: World,
  { phone, kept }: Seen,
  { records, published }: Truth,
): Promise<readonly (string | null)[]> {
  const granted = [...(await mayHold(town, phone))].filter(
    (bucket) => !bucket.startsWith('session:') || published.some((id) => bucket.endsWith(id)),
  )
  const due = records.filter(({ bucket }) => granted.includes(bucket))
  const [held, served] = [byPlace(kept.records), byPlace(due)]
  return [
    differ(`${phone.name} is granted`, sorted(Object.keys(kept.cursors)), sorted(granted)),
    say(`${phone.name} holds what the server does not`, missingFrom(served, held)),
    say(`${phone.name} does not hold`, missingFrom(held, served)),
  ]
}

/** Versions rise one by one. Each was taken by operations, but for those of a push in which everything failed. */
function findVersionGaps(world: World, { version, versions, operations, records }: Truth): readonly (string | null)[] {
  const all = Array.from({ length: version }, (_, index) => index + 1)
  const used = new Set(operations.map((one) => one.version))
  const empty = all.filter((one) => !used.has(one))
  const late = records.filter((record) => !used.has(record.version))
  return [
    differ('versions', versions, all),
    empty.length > world.failedPushes ? say('versions in which nothing was said', empty) : null,
    say('records of no push', late),
  ]
}

type Places = ReadonlyMap<string, HeldRecord>

function byPlace(records: readonly HeldRecord[]): Places {
  return new Map(records.map((record) => [`${record.bucket} ${record.kind} ${record.id}`, record]))
}

function missingFrom(these: Places, those: Places): readonly HeldRecord[] {
  return [...those].flatMap(([place, record]) => (isDeepStrictEqual(record, these.get(place)) ? [] : [record]))
}

function sorted(ids: Iterable<string>): readonly string[] {
  return [...ids].sort()
}

function say(what: string, wrong: readonly unknown[]): string | null {
  return wrong.length === 0 ? null : `${what}: ${JSON.stringify(wrong)}`
}

function differ(what: string, expected: unknown, found: unknown): string | null {
  return isDeepStrictEqual(expected, found)
    ? null
    : `${what}: ${JSON.stringify(expected)} expected, ${JSON.stringify(found)} found`
}
