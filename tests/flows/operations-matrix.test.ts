import { randomInt } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { RECORD_FIELDS } from '#login/domain/answer-fields.ts'
import { MAY, type Role } from '#login/domain/roles.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { OperationName, SyncAnswer } from '#sync/domain/protocol.ts'
import { fieldNamesOf } from '../make/access-requests.ts'
import {
  type Asker,
  type AskerName,
  ASKERS,
  digestOf,
  makeAsker,
  makeTwoCities,
  type Objects,
  objectsOf,
  type TwoCities,
  WHOSE,
} from '../make/access-world.ts'
import { NAMES, SAID } from '../make/bad-values.ts'
import { newId } from '../make/signed-in.ts'

const PEOPLE = Object.keys(ASKERS) as AskerName[]
/** By the wire a paired phone is known as what it is. */
const roleOf = (name: AskerName): Role => (name === 'volunteer on a paired phone' ? 'volunteer' : ASKERS[name])

let cities: TwoCities
beforeAll(async () => {
  cities = await makeTwoCities()
  return () => cities.stop()
})

async function sync({ cookie, device }: Asker, push: readonly unknown[]) {
  const response = await cities.here.product.fetch('/api/sync', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: cookie },
    body: JSON.stringify({ protocol: PROTOCOL, device: { ...device, unsentCount: 0 }, push, cursors: {} }),
  })
  const text = await response.text()
  return { status: response.status, text, answer: JSON.parse(text) as SyncAnswer }
}

/** Everything that is written in the city, but for the notes of who was in contact and who was shown what. */
async function said() {
  const tables = Object.entries(await digestOf(cities.here))
  return Object.fromEntries(tables.filter(([name]) => !/^(?:devices|pairing_lists|audit.*)$/.test(name)))
}

/** What an operation says, about the things meant here. What it makes anew keeps an id of its own. */
const MADE: Readonly<Partial<Record<OperationName, readonly string[]>>> = {
  'venue.save': [],
  'instructor.save': [],
  'session.create': ['sessionId'],
  'enrollment.request': ['enrollmentId'],
  'attendance.mark': ['markId'],
  'attendance.walkIn': ['markId'],
  'training.certify': ['certificationId'],
}
function payloadOf(name: OperationName, objects: Objects): object {
  const made = MADE[name] ?? []
  const payload = Object.entries(SAID[name]()).map(([key, value]) => {
    const meant = made.includes(key) ? undefined : (objects as Readonly<Record<string, string>>)[key]
    return [key, key === 'markIds' ? [objects.markId] : (meant ?? value)] as const
  })
  const said = Object.fromEntries(payload) as Record<string, unknown>
  if (name === 'enrollment.request') said['phone'] = `0990${String(randomInt(1_000_000)).padStart(6, '0')}`
  if (name === 'enrollment.withdraw') said['phoneLast4'] = cities.here.own.phoneLast4 // of whoever asks
  return said
}

let cells = 0

describe.each(NAMES)('everybody says %s', (name) => {
  test.each(WHOSE)(
    'of %s: taken from those who may say it, held for all others, and never in another city',
    async (whose) => {
      const elsewhere = await digestOf(cities.there)
      for (const person of PEOPLE) {
        const asker = await makeAsker(cities, person)
        const payload = payloadOf(name, objectsOf(cities, whose, asker))
        await sync(asker, []) // the device is known from now on
        const before = await said()
        const op = { id: newId(), seq: 1, at: cities.here.product.kit.now(), name, payload }
        const { status, text, answer } = await sync(asker, [op])
        const cell = `${person}: ${status} ${text.slice(0, 300)}`
        cells += 1
        if (status === 429) {
          // wrong tries wear out: a few were answered, the rest are not even looked at
          expect([name, answer], cell).toEqual(['enrollment.withdraw', { code: 'too_many_requests' }])
          continue
        }
        const [outcome] = answer.outcomes
        if (MAY[name].includes(roleOf(person))) {
          expect(outcome?.status, cell).toMatch(/^(?:accepted|refused)$/)
        } else {
          expect(outcome, cell).toEqual({ id: op.id, status: 'held', reason: 'not_permitted' })
          expect(await said(), cell).toEqual(before)
        }
        if (name === 'enrollment.withdraw' && whose !== 'own') {
          expect(outcome, cell).toMatchObject({ refusal: { code: 'booking_unknown' } })
        }
        for (const secret of cities.there.secrets) expect(text, cell).not.toContain(secret)
      }
      expect(await digestOf(cities.there)).toEqual(elsewhere)
    },
  )
})

test('no operation, person or object was left out', () => {
  expect(cells).toBe(NAMES.length * PEOPLE.length * WHOSE.length)
  process.stdout.write(
    `${NAMES.length} operations × ${PEOPLE.length} people × ${WHOSE.length} = ${cells} cells, all as said\n`,
  )
})

describe('what a device is given', () => {
  /** The buckets of each; all but the device's own, which everybody has. */
  const GRANTED: Readonly<Record<AskerName, readonly string[]>> = {
    resident: ['public'],
    'volunteer by a demo link': ['hall', 'public', 'session', 'session'],
    'volunteer on a paired phone': ['hall', 'public', 'session'],
    viewer: ['office', 'public'],
    organizer: ['hall', 'office', 'public', 'session', 'session'],
    admin: ['hall', 'office', 'public', 'session', 'session'],
    'admin of the other city': ['public'],
  }
  test.each(PEOPLE)(
    '%s: the buckets of the role, the fields of each kind, nobody’s phone number, nothing of another city',
    async (name) => {
      const asker = await makeAsker(cities, name)
      const { text, answer } = await sync(asker, [])
      const kinds = (buckets: readonly string[]) => buckets.map((bucket) => bucket.split(':')[0] ?? '').sort()
      const { [`device:${asker.device.id}`]: own, ...shared } = answer.cursors
      expect(own).toBeDefined()
      expect(kinds(Object.keys(shared))).toEqual(GRANTED[name])
      for (const { kind, body } of answer.changes) {
        expect(fieldNamesOf(body).filter((field) => !RECORD_FIELDS[kind].includes(field))).toEqual([])
      }
      for (const secret of cities.there.secrets) expect(text).not.toContain(secret)
      expect(text).not.toMatch(/0990000[78]0\d/)
    },
  )
})
