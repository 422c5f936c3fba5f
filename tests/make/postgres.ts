import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { asStatement, connectDatabase, type Database } from '#server/database.ts'

/** A database of one test's own. */
export type TestDatabase = Database & {
  readonly url: string
  /** Closes it and takes it away. Merely closing is enough: the whole server goes after the run. */
  drop(): Promise<void>
}

/** A new PostgreSQL database with the tables of this version and nothing in them. */
export function makeDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('templateName'))
}

/** A new PostgreSQL database without any tables. */
export function makeEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0')
}

/** What a backup of this moment is when it is put back: the same rows in a database of their own. */
export async function makeRestored(database: TestDatabase): Promise<TestDatabase> {
  const name = new URL(database.url).pathname.slice(1)
  await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`) // only a database at rest can be copied
  return createDatabase(name)
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const name = `t_${randomBytes(8).toString('hex')}`
  await onServer(`create database ${name} template ${template}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  const database = connectDatabase({ url: url.href })
  return {
    ...database,
    url: url.href,
    async drop() {
      await database.close()
      await onServer(`drop database ${name} with (force)`)
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const server = connectDatabase({ url: inject('postgresUrl'), maxConnections: 1 })
  try {
    await server.sql(asStatement(statement))
  } finally {
    await server.close()
  }
}
