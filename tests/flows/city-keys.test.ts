import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sql } from '#server/database.ts'
import { makeDatabase, type TestDatabase } from '../make/postgres.ts'
import { keysStartWithCity, type TableKeys } from '../tidy/sql-checks.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.drop())

test('every key of every table starts with the city, so that cities can live on machines of their own', async () => {
  const tables = await readKeys(database.sql)
  expect(tables.length).toBeGreaterThan(10)
  expect(keysStartWithCity(tables)).toEqual([])
})

test('a table that forgets the city is found, key by key', async () => {
  await database.sql`
    create table visits (visit_id uuid primary key, city text not null, number int unique);
    create table tickets (city text, ticket_id uuid, visit_id uuid references visits, primary key (ticket_id, city));
    create table topics (topic text)`
  expect(keysStartWithCity(await readKeys(database.sql))).toEqual([
    'tickets: its primary key does not start with city',
    'tickets: a reference by (visit_id) crosses cities',
    'topics: its primary key does not start with city',
    'visits: its primary key does not start with city',
    'visits: unique (number) crosses cities',
  ])
})

/** What PostgreSQL itself says about the tables. */
function readKeys(sql: Sql): Promise<readonly TableKeys[]> {
  return sql<TableKeys>`
    with keys as (
      select k.table_oid, k.kind, k.name,
             (select json_agg(coalesce(a.attname, '(an expression)') order by c.place)
                from unnest(k.columns) with ordinality as c(number, place)
                left join pg_attribute a on a.attrelid = k.table_oid and a.attnum = c.number and c.number > 0) as columns
        from (select indrelid as table_oid, case when indisprimary then 'primary' else 'unique' end as kind, indexrelid::regclass::text as name, indkey::int2[] as columns
                from pg_index where indisunique
              union all
              select conrelid, 'foreign', conname, conkey from pg_constraint where contype = 'f') as k)
    select t.relname as table,
           coalesce((select columns from keys where table_oid = t.oid and kind = 'primary'), '[]') as primary,
           coalesce((select json_agg(columns order by name) from keys where table_oid = t.oid and kind = 'unique'), '[]') as unique,
           coalesce((select json_agg(columns order by name) from keys where table_oid = t.oid and kind = 'foreign'), '[]') as foreign
      from pg_class t
     where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
     order by t.relname`
}
