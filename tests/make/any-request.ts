import fc from 'fast-check'
import { anyText } from './any-text.ts'
import { fieldsOf, ODD, UNFIT, withValue } from './bad-values.ts'

/** What a stranger may do to a request that was sound. */
export interface Damage {
  /** Instead of the body, given the sound one. */
  readonly body: (sound: object) => string
  /** Instead of one part of the address. */
  readonly part: string | null
  readonly query: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'id', 'device', 'push', 'city', 'role', ''] as const
const anyKey = fc.oneof(fc.constantFrom(...KEYS), anyText)
const anyLeaf = fc.oneof(fc.constantFrom(...UNFIT, ...ODD), anyText, fc.double(), fc.integer(), fc.boolean())

/** JSON of any shape, with names that careless programs trip over. */
const { anyJson } = fc.letrec<{ anyJson: string }>((tie) => ({
  anyJson: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyLeaf.map((value) => JSON.stringify(value) ?? 'null'),
    fc.array(tie('anyJson'), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(anyKey, tie('anyJson')), { maxLength: 6 })
      .map((pairs) => `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  ),
}))

const deep = fc.integer({ min: 10, max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth))
const torn = fc.constantFrom(
  '',
  '{',
  '{"a":',
  '[1,',
  'null',
  'undefined',
  '\u0000',
  '\uFEFF{}',
  '{"a":1}{"b":2}',
  'NaN',
)

/** One field of the sound body says something else, or one more is there. */
const spoilt = fc
  .tuple(fc.nat(), anyLeaf, fc.option(fc.tuple(anyKey, anyJson)))
  .map(([n, value, extra]) => (sound: object) => {
    const paths = fieldsOf(sound)
    const path = paths[n % Math.max(1, paths.length)]
    const text = JSON.stringify(path === undefined ? sound : withValue(sound, path, value))
    if (extra === null) return text
    return `{${JSON.stringify(extra[0])}:${extra[1]}${text === '{}' ? '}' : `,${text.slice(1)}`}`
  })

const headerValue = fc.oneof(
  fc.constantFrom(
    '',
    '*',
    'application/json',
    'gzip;q=9',
    '"',
    'bytes=0-',
    '127.0.0.1',
    'en-XX;q=2,,',
    'x'.repeat(8000),
  ),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 200 }),
)
const HEADERS =
  'Accept Accept-Encoding Accept-Language Cookie If-None-Match Range User-Agent X-Forwarded-For X-Forwarded-Host ' +
  'X-HTTP-Method-Override Authorization Referer Last-Event-ID Content-Type Expect'
const headerName = fc.constantFrom(...HEADERS.split(' '))

export const anyDamage: fc.Arbitrary<Damage> = fc.record({
  body: fc.oneof(
    { weight: 4, arbitrary: spoilt },
    { weight: 2, arbitrary: anyJson.map((text) => () => text) },
    { weight: 1, arbitrary: fc.oneof(deep, torn, anyText).map((text) => () => text) },
  ),
  part: fc.option(anyText),
  query: fc.oneof(fc.constant(''), anyText),
  headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 3 }),
})
