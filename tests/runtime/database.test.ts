import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest'
import { asStatement, connectDatabase, savepoint } from '#server/database.ts'
import { makeEmptyDatabase, type TestDatabase } from '../make/postgres.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await makeEmptyDatabase()
  await database.sql`create table notes (id int primary key, note text not null)`
})
afterAll(() => database.drop())

const readNotes = async () =>
  (await database.sql<{ note: string }>`select note from notes order by id`).map((row) => row.note)

test('columns arrive as the words of the domain: days, times, instants, numbers, documents', async () => {
  const rows = await database.sql`
    select '2026-05-12 13:30:00.123456+09'::timestamptz as at, '2026-05-12T04:30:00Z'::timestamptz as whole_second,
           date '2027-03-31' as day, time '9:05' as time, 9007199254740991::bigint as big, 12::int as small, true as yes,
           '{"a":[1,null]}'::jsonb as document, null::timestamptz as nothing,
           array['2026-05-12T04:30:00Z', null]::timestamptz[] as instants, array[date '2027-03-31'] as days, array[1, 2]::bigint[] as bigs`
  expect(rows).toEqual([
    {
      at: '2026-05-12T04:30:00.123Z',
      whole_second: '2026-05-12T04:30:00.000Z',
      day: '2027-03-31',
      time: '09:05',
      big: 9007199254740991,
      small: 12,
      yes: true,
      document: { a: [1, null] },
      nothing: null,
      instants: ['2026-05-12T04:30:00.000Z', null],
      days: ['2027-03-31'],
      bigs: [1, 2],
    },
  ])
})

test("the server's own time zone and date style change nothing", async () => {
  const name = new URL(database.url).pathname.slice(1)
  await database.sql(asStatement(`alter database ${name} set timezone = 'Asia/Tokyo'`))
  await database.sql(asStatement(`alter database ${name} set datestyle = 'German'`))
  const other = connectDatabase({ url: database.url })
  const rows = await other.sql`
    select '2026-03-31T15:00:00Z'::timestamptz as at, '2026-03-31T15:00:00Z'::timestamptz::date as day, ${'2026-04-01'}::date as given`
  expect(rows).toEqual([{ at: '2026-03-31T15:00:00.000Z', day: '2026-03-31', given: '2026-04-01' }])
  await other.close()
})

test('values travel as values: whatever they say, they are never SQL', async () => {
  const said = `'); drop table notes; -- \${1} $1 髙橋\u{1F338}\\`
  expect(await database.sql`select ${said}::text as said, ${null}::text as nothing`).toEqual([{ said, nothing: null }])
})

test('an array is an SQL array, and a document is JSON text', async () => {
  const body = { teachers: ['講師', "d'Or"], note: null }
  const rows = await database.sql`
    select n from unnest(${[3, 1, 2]}::int[]) as n where n = any(${[1, 2]}) order by n`
  expect(rows).toEqual([{ n: 1 }, { n: 2 }])
  expect(await database.sql`select ${JSON.stringify(body)}::jsonb as body`).toEqual([{ body }])
  expect(await database.sql`select ${JSON.stringify([body])}::jsonb as list`).toEqual([{ list: [body] }])
})

test('a hot statement is parsed once per connection, however often it runs', async () => {
  const one = connectDatabase({ url: database.url, maxConnections: 1 })
  const double = (n: number) => one.sql<{ n: number }>`select ${n}::int * 2 as n`
  for (let n = 0; n < 20; n++) expect(await double(n)).toEqual([{ n: n * 2 }])
  const kept = await one.sql<{ runs: number }>`
    select generic_plans + custom_plans as runs from pg_prepared_statements where statement like 'select $1::int * 2%'`
  expect(kept).toEqual([{ runs: 20 }])
  await one.close()
})

test('a transaction is all or nothing', async () => {
  await database.transaction(async (sql) => {
    await sql`insert into notes values (1, 'kept')`
  })
  const failing = database.transaction(async (sql) => {
    await sql`insert into notes values (2, 'undone')`
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await readNotes()).toEqual(['kept'])
})

test('a statement that failed unheard undoes the transaction loudly: nobody is told that it was kept', async () => {
  const swallowing = database.transaction(async (sql) => {
    await sql`insert into notes values (3, 'never')`
    await sql`insert into notes values (1, 'twice')`.catch(() => undefined)
    return 'all well'
  })
  await expect(swallowing).rejects.toThrow('The transaction was undone')
  expect(await readNotes()).toEqual(['kept'])
})

test('a part behind a savepoint may fail alone, also inside another part', async () => {
  await database.transaction(async (sql) => {
    await sql`insert into notes values (4, 'before')`
    const outer = savepoint(sql, async () => {
      await sql`insert into notes values (5, 'outer')`
      await expect(savepoint(sql, () => sql`insert into notes values (4, 'inner')`)).rejects.toThrow('duplicate key')
      return savepoint(sql, () => sql<{ id: number }>`insert into notes values (6, 'second inner') returning id`)
    })
    expectTypeOf(outer).resolves.toEqualTypeOf<{ id: number }[]>()
    expect(await outer).toEqual([{ id: 6 }])
  })
  expect(await readNotes()).toEqual(['kept', 'before', 'outer', 'second inner'])
})

test('statements of one transaction asked for together run in order, and all before its end', async () => {
  await database.transaction(async (sql) => {
    void sql`insert into notes values (7, 'not waited for')`
    await Promise.all([8, 9].map((id) => sql`insert into notes values (${id}, ${`together ${id}`})`))
  })
  expect((await readNotes()).slice(-3)).toEqual(['not waited for', 'together 8', 'together 9'])
})

test('a transaction cannot be used after its end', async () => {
  const leaked = await database.transaction((sql) => Promise.resolve({ sql }))
  await expect((async () => leaked.sql`select 1`)()).rejects.toThrow('a transaction is not used after its end')
})

test('a connection that breaks in the middle costs its transaction and nothing else', async () => {
  const one = connectDatabase({ url: database.url, maxConnections: 1 })
  const cut = one.transaction(async (sql) => {
    const [row] = await sql<{ pid: number }>`insert into notes values (10, 'cut off') returning pg_backend_pid() as pid`
    await database.sql`select pg_terminate_backend(${row?.pid})`
    await sql`select ${1}::int`
  })
  await expect(cut).rejects.toThrow(/terminat|connection|EPIPE|ECONNRESET/)
  expect(await one.sql`select 1 as alive`).toEqual([{ alive: 1 }])
  expect(await readNotes()).not.toContain('cut off')
  await one.close()
})

test('a listener hears what other connections notify, also after its own connection broke, which it is told, until it stops', async () => {
  const heard: (string | null)[] = []
  const stop = await database.listen('News of "today"', (payload) => heard.push(payload))
  const say = (payload: string) => database.sql`select pg_notify(${'News of "today"'}, ${payload})`
  await say('first')
  await expect.poll(() => heard).toEqual(['first'])
  await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`
  await expect
    .poll(
      async () => {
        await say('again')
        return heard
      },
      { timeout: 20_000 },
    )
    .toContain('again')
  expect(heard.slice(0, 2)).toEqual(['first', null])
  await stop()
  const before = heard.length
  await say('too late')
  expect(
    await database.sql`select 1 from pg_stat_activity where query like 'listen %' and datname = current_database()`,
  ).toEqual([])
  expect(heard).toHaveLength(before)
})
