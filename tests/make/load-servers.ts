import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectDatabase, type Database } from '#server/database.ts'
import { startEmbeddedPostgres } from '#server/embedded-postgres.ts'
import { ensureBuilt } from './built-product.ts'
import { type ProductProcess, startProcess } from './product-process.ts'

/** Several processes of the product over one PostgreSQL of their own, which keeps what it confirms as it does in a city. */
export interface LoadServers {
  readonly database: Database
  readonly ports: readonly number[]
  stop(): Promise<void>
}

export async function startLoadServers(processes: number): Promise<LoadServers> {
  await ensureBuilt()
  const dir = await mkdtemp(join(tmpdir(), 'yorozu-load-'))
  const postgres = await startEmbeddedPostgres({ dir })
  const url = postgres.url('postgres')
  const given = { DATABASE_URL: url, DATA_DIR: join(dir, 'keys'), TRUST_PROXY: '1' }
  const products: ProductProcess[] = []
  for (let n = 0; n < processes; n += 1) products.push(await startProcess(given)) // the first one makes the tables
  const database = connectDatabase({ url, maxConnections: 2 })
  return {
    database,
    ports: products.map((product) => Number(new URL(product.url).port)),
    async stop() {
      await database.close()
      await Promise.all(products.map((product) => product.stop()))
      await postgres.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
