import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { ensureBuilt } from '../make/built-product.ts'
import { insertCity } from '../make/city.ts'
import { makeDatabase } from '../make/postgres.ts'

const PRODUCT = join(import.meta.dirname, '../../src/main.server.ts')

test('a port that another program has is said in one sentence, and nothing is left running', async () => {
  await ensureBuilt()
  const database = await makeDatabase()
  const city = await insertCity(database)
  // Somebody has said something already, so no demo town has to be built first.
  await database.sql`
    insert into operations (city, id, device_id, seq, name, payload, role, device_at, received_at, version, outcome)
    values (${city}, uuidv7(), uuidv7(), 1, 'venue.save', '{}', 'organizer', now(), now(), 1, '{}')`
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const env = { ...process.env, PORT: String(port), DATABASE_URL: database.url, CITY_CODE: city, VITEST: '' }
  const product = spawn(process.execPath, [PRODUCT, '--demo'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const [said, [code]] = await Promise.all([text(product.stderr), once(product, 'exit')])
  expect(said.trim().split('\n')).toEqual([expect.stringMatching(new RegExp(`${port}.*EADDRINUSE.*PORT`))])
  expect(code).toBe(1)
  other.close()
  await database.drop()
})
