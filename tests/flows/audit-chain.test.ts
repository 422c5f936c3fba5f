import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditEntry } from '#audit/domain/audit-entry.ts'
import { checkAudit, verifyAudit } from '#audit/server/verify-audit.ts'
import { instantOf } from '#kernel/time.ts'
import { appendAudit } from '#server/audit.ts'
import { connectDatabase, type Sql } from '#server/database.ts'
import { appendLines, behindTheTriggers, makeAuditEntry } from '../make/audit.ts'
import { CHANGES, makeAnew, moveNumbers, plant, swap } from '../make/audit-crimes.ts'
import { makeChance } from '../make/chance.ts'
import { insertCity, NEIGHBOR } from '../make/city.ts'
import { makeDatabase, type TestDatabase } from '../make/postgres.ts'

const LINES = 120
const TIMES = 100

let database: TestDatabase
let city: string
beforeAll(async () => {
  database = await makeDatabase()
  city = await insertCity(database)
  await insertCity(database, NEIGHBOR)
  await appendLines(database, city, LINES)
})
afterAll(() => database.drop())

/** What a check names after this was done to the table by its owner. */
async function namesAfter(crime: (sql: Sql) => Promise<unknown>): Promise<readonly string[]> {
  const { breaks } = await behindTheTriggers(database, crime, (sql) => verifyAudit(sql, city))
  return breaks.map(({ kind, seq, until }) => `${kind} ${seq}${until === seq ? '' : `-${until}`}`)
}

test('a chain as the program wrote it is whole', async () => {
  const check = await checkAudit(database, city)
  expect(check).toMatchObject({ lineCount: LINES, breakCount: 0, breaks: [], head: { seq: LINES } })
})

describe('100 times each, at a place that chance picks, behind the triggers', () => {
  const chance = makeChance('audit crimes')
  const places = Array.from({ length: TIMES }, () => chance.int(1, LINES))

  test('a changed line is named, whichever column it was', async () => {
    const columns = Object.keys(CHANGES)
    const missed: string[] = []
    for (const [index, seq] of places.entries()) {
      const column = columns[index % columns.length] ?? ''
      const names = await namesAfter((sql) => CHANGES[column]?.(sql, seq) ?? Promise.reject(new Error(column)))
      if (names.join() !== `changed ${seq}`) missed.push(`${column} of ${seq}: ${names.join()}`)
    }
    expect(missed).toEqual([])
  })

  test('a line that was taken away is named, also the first and the last', async () => {
    const missed: string[] = []
    for (const seq of [1, LINES, ...places.slice(2)]) {
      const names = await namesAfter((sql) => sql`delete from audit_log where city = ${city} and seq = ${seq}`)
      if (names.join() !== `${seq === LINES ? 'cut' : 'missing'} ${seq}`) missed.push(`${seq}: ${names.join()}`)
    }
    expect(missed).toEqual([])
  })

  test('two lines that changed places are named, neighbors too', async () => {
    const missed: string[] = []
    for (const [index, place] of places.entries()) {
      const one = Math.min(place, LINES - 3)
      const other = index % 3 === 0 ? one + (index % 2) + 1 : chance.int(one + 1, LINES)
      const names = await namesAfter((sql) => swap(sql, one, other))
      if (names.join() !== `swapped ${one}-${other}`) missed.push(`${one} and ${other}: ${names.join()}`)
    }
    expect(missed).toEqual([])
  })

  test('a line that was put in is named, well made or badly, with all later numbers moved up for it', async () => {
    const missed: string[] = []
    for (const [index, place] of places.entries()) {
      const seq = index === 0 ? LINES + 1 : place
      const names = await namesAfter((sql) => plant(sql, seq, index % 2 === 0))
      if (names.join() !== `inserted ${seq}`) missed.push(`${seq}: ${names.join()}`)
    }
    expect(missed).toEqual([])
  })
})

describe('what else the owner of a database could try', () => {
  test('a line that is taken away with all later numbers moved down is missed', async () => {
    expect(
      await namesAfter(async (sql) => {
        await sql`delete from audit_log where city = ${city} and seq = 50`
        await moveNumbers(sql, 50, -1)
      }),
    ).toEqual(['missing 50'])
  })

  test('lines cut off at the end are missed, and stay a gap when the program goes on writing', async () => {
    const cut = (sql: Sql) => sql`delete from audit_log where city = ${city} and seq > 100`
    expect(await namesAfter(cut)).toEqual([`cut 101-${LINES}`])
    const goesOn = async (sql: Sql) => {
      await cut(sql)
      await sql`set local session_replication_role = origin; set constraints all immediate`
      await appendAudit(sql, city, [makeAuditEntry()])
    }
    expect(await namesAfter(goesOn)).toEqual([`missing 101-${LINES}`])
  })

  test('a chain made anew from a line on shows at the head of the month before', async () => {
    const crime = async (sql: Sql) => {
      await sql`insert into audit_heads (city, month, seq, hash, at)
        select city, '2026-04-01', seq, hash, at from audit_log where city = ${city} and seq = 60`
      await sql`update audit_log set object = null where city = ${city} and seq = 40`
      await makeAnew(sql, 40, LINES)
    }
    expect(await namesAfter(crime)).toEqual(['rewritten 60'])
  })

  test('a whole chain made anew with its heads is whole, and only the head on paper tells', async () => {
    const before = await checkAudit(database, city)
    const after = await behindTheTriggers(
      database,
      async (sql) => {
        await sql`update audit_log set object = null where city = ${city} and seq = 40`
        await makeAnew(sql, 40, LINES)
      },
      (sql) => verifyAudit(sql, city),
    )
    expect(after.breaks).toEqual([])
    expect(after.head?.hash).not.toBe(before.head?.hash)
  })
})

test('whoever the program is, nothing in the audit can be changed, taken away or emptied', async () => {
  const { sql } = database
  const kept = /only ever added to/
  await expect(sql`update audit_log set count = 1 where city = ${city} and seq = 1`).rejects.toThrow(kept)
  await expect(sql`delete from audit_log where city = ${city} and seq = 1`).rejects.toThrow(kept)
  await expect(sql`truncate audit_log`).rejects.toThrow(kept)
  await expect(sql`update audit_heads set seq = 1 where city = ${city}`).rejects.toThrow(kept)
  await expect(sql`delete from audit_heads where city = ${city}`).rejects.toThrow(kept)
  await expect(sql`truncate audit_heads`).rejects.toThrow(kept)
})

test('two programs that write in the same moment leave one chain without a gap', async () => {
  const other = connectDatabase({ url: database.url })
  const neighbor = NEIGHBOR.code
  const append = ({ sql }: typeof other) =>
    Promise.all(Array.from({ length: 40 }, () => appendAudit(sql, neighbor, [makeAuditEntry(), makeAuditEntry()])))
  await Promise.all([append(database), append(other)])
  await other.close()
  expect(await checkAudit(database, neighbor)).toMatchObject({ lineCount: 160, breakCount: 0, head: { seq: 160 } })
})

test('a line is written at once while a push holds the city, and neither waits for the other for ever', async () => {
  const { sql } = database
  await database.transaction(async (push) => {
    await push`select 1 from cities where city = ${city} for update`
    await appendAudit(push, city, [makeAuditEntry()])
    await sql`set statement_timeout = '5s'`
    await appendAudit(sql, city, [makeAuditEntry()])
    await appendAudit(push, city, [makeAuditEntry()])
  })
  expect(await checkAudit(database, city)).toMatchObject({ lineCount: LINES + 3, breakCount: 0 })
})

test('of a transaction that is undone, no line stays and no number is lost', async () => {
  const before = await checkAudit(database, city)
  const undone = database.transaction(async (sql) => {
    await appendAudit(sql, city, [makeAuditEntry()])
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await checkAudit(database, city)).toEqual(before)
})

test('whatever was written is read back as it was and stays whole (chain_audit = canonicalEntry)', async () => {
  const text = fc.option(
    fc.string({ unit: 'grapheme', maxLength: 30 }).map((one) => one.toWellFormed().replaceAll('\0', '')),
    { nil: null },
  )
  const entry = fc.record({
    at: fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    object: text,
    reason: text,
    count: fc.option(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { nil: null }),
    isNobody: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 20 }), async (wanted) => {
      const entries = wanted.map(({ at, object, reason, count, isNobody }): AuditEntry => {
        const nobody = { actor: { kind: 'system', id: null, role: 'system' }, deviceId: null } as const
        return makeAuditEntry({ at: instantOf(at.getTime()), object, reason, count, ...(isNobody && nobody) })
      })
      await appendAudit(database.sql, city, entries)
      const rows = await database.sql<AuditEntry>`
        select at, object, reason, count from audit_log where city = ${city} order by seq desc limit ${entries.length}`
      expect(rows.toReversed()).toEqual(entries.map(({ at, object, reason, count }) => ({ at, object, reason, count })))
      expect((await checkAudit(database, city)).breaks).toEqual([])
    }),
    { numRuns: 50 },
  )
})
