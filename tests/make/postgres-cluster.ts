import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connectDatabase } from '#server/database.ts'
import { startEmbeddedPostgres } from '#server/embedded-postgres.ts'
import { migrate } from '#server/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL, at its database `postgres`. */
    postgresUrl: string
    /** The database that every test's own one is copied from. */
    templateName: string
  }
}

const TEMPLATE = 'template_yorozu'

/** Starts one PostgreSQL for the whole run and makes the tables once. Returns how to take it away. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'yorozu-test-'))
  const postgres = await startEmbeddedPostgres({ dir, settings: ['fsync=off'] }) // gone after the run, so no power cut can hurt it
  const server = connectDatabase({ url: postgres.url('postgres'), maxConnections: 1 })
  await server.sql`create database template_yorozu`
  await server.close()
  const template = connectDatabase({ url: postgres.url(TEMPLATE), maxConnections: 1 })
  await migrate(template)
  await template.close()
  project.provide('postgresUrl', postgres.url('postgres'))
  project.provide('templateName', TEMPLATE)
  return async () => {
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
