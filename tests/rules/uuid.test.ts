import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { uuid } from '#kernel/schema.ts'
import { uuidv7 } from '#kernel/uuid.ts'

const anyRandom = fc.uint8Array({ minLength: 10, maxLength: 10 })
const anyMs = fc.integer({ min: 0, max: 2 ** 47 })

test('an id is a UUIDv7 that the wire accepts, whatever the clock and the dice say', () => {
  fc.assert(
    fc.property(anyMs, anyRandom, (epochMs, random) => {
      const id = uuidv7(epochMs, random)
      expect(v.parse(uuid, id)).toBe(id)
      expect(id.charAt(14)).toBe('7')
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(epochMs)
    }),
  )
})

test('ids sort by the millisecond they were made in', () => {
  fc.assert(
    fc.property(anyMs, anyMs, anyRandom, anyRandom, (a, b, one, other) => {
      fc.pre(a < b)
      expect(uuidv7(a, one) < uuidv7(b, other)).toBe(true)
    }),
  )
})

test('74 of the 80 random bits reach the id: changing any byte changes it', () => {
  fc.assert(
    fc.property(anyRandom, fc.nat({ max: 9 }), (random, at) => {
      const changed = random.map((byte, index) => (index === at ? byte ^ 0x11 : byte))
      expect(uuidv7(0, changed)).not.toBe(uuidv7(0, random))
    }),
  )
})
