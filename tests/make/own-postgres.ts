import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { connectDatabase, type Database } from '#server/database.ts'

/** Opens the database that a running product has in its data folder, beside the product. */
export async function connectBeside(dataDir: string): Promise<Database> {
  const cluster = join(dataDir, 'postgres')
  const password = (await readFile(join(cluster, 'password'), 'utf8')).trim()
  const url = `postgres://yorozu:${password}@localhost:5432/postgres?host=${encodeURIComponent(cluster)}`
  return connectDatabase({ url, maxConnections: 2 })
}

/** The process id of the database server itself. */
export async function postmasterOf(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

/** All processes that another one has started. */
export async function childrenOf(pid: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid='])
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []))
}

/** Tries again until it works: a database that has just been killed takes a moment. */
export async function persistently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let left = 600; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
