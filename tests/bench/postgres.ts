import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asStatement, connectDatabase, type Database } from '#server/database.ts'
import { startEmbeddedPostgres } from '#server/embedded-postgres.ts'
import { migrate } from '#server/migrate.ts'
import { treeSeconds } from './machine.ts'

/** One PostgreSQL for the whole run, set up as the product sets it up: every commit is on the disk. */
export interface BenchPostgres {
  /** Makes a database, fills it and keeps it as a pattern. */
  makeTemplate(fill: (database: Database) => Promise<void>): Promise<string>
  /** A fresh copy of a pattern; returns its URL. */
  copy(template: string): Promise<string>
  /** CPU seconds of the server and all its connections so far. */
  cpuSeconds(): number
  stop(): Promise<void>
}

export async function startBenchPostgres(): Promise<BenchPostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'yorozu-bench-'))
  const postgres = await startEmbeddedPostgres({ dir })
  const server = connectDatabase({ url: postgres.url('postgres'), maxConnections: 1 })
  const pid = Number((await readFile(join(dir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
  let stopped: Promise<void> | null = null // a signal and the end of the run may come together
  const newName = (): string => `bench_${randomBytes(6).toString('hex')}`
  return {
    async makeTemplate(fill) {
      const name = newName()
      await server.sql(asStatement(`create database ${name}`))
      const database = connectDatabase({ url: postgres.url(name), maxConnections: 2 })
      await migrate(database)
      await fill(database)
      await database.sql`analyze`
      await database.close()
      return name
    },
    async copy(template) {
      const name = newName()
      await server.sql(asStatement(`create database ${name} template ${template}`))
      return postgres.url(name)
    },
    cpuSeconds: () => treeSeconds(pid),
    stop: () => (stopped ??= stop()),
  }

  async function stop(): Promise<void> {
    await server.close()
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
