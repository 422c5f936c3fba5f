import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Database } from '#server/database.ts'
import type { Chance } from './chance.ts'
import { childrenOf, postmasterOf } from './own-postgres.ts'
import type { ProductProcess } from './product-process.ts'

/** A product at work, whose machine may lose its power. */
export interface Machine {
  readonly dataDir: string
  readonly product: ProductProcess
  readonly database: Database
}

/** What a disk surely holds: the data files of the last checkpoint. */
export interface Synced {
  readonly files: ReadonlyMap<string, Buffer>
  /** Where that checkpoint stands in the log. */
  readonly checkpoint: string
}

const BLOCK = 4096 // half a page of PostgreSQL: what a disk writes in one piece
const SECTOR = 512
const SEGMENT = 16 * 1024 * 1024
/** Written without fsync between two checkpoints: after a cut, each block may be old or new. */
const UNSYNCED = /^postgres\/(?:base|global|pg_xact|pg_multixact)\//
/** Written and synced in one piece. */
const ATOMIC = /(?:pg_control|pg_filenode\.map|PG_VERSION|pg_internal\.init)$/
const WRITERS = ['checkpointer', 'background writer', 'walwriter']

/** Has PostgreSQL sync everything, and remembers it. */
export async function takeSynced({ dataDir, database }: Machine): Promise<Synced> {
  await database.sql`checkpoint`
  const files = new Map<string, Buffer>()
  for (const path of await filesIn(dataDir)) if (UNSYNCED.test(path)) files.set(path, await read(dataDir, path))
  return { files, checkpoint: await readCheckpoint(database) }
}

export interface Cut {
  /** Called while everything stands still: nothing that was acknowledged by then may be lost. */
  readonly atCut: () => void
  readonly chance: Chance
}

/** Stops everything in mid-air and writes to `target` what the disk might hold after a power cut: of the log, what PostgreSQL has had
 *  synced, and after it anything; of the data files, each block as it is or as it was at the last checkpoint. Then all goes on.
 *  Returns how many blocks were put back; `null` when a checkpoint came in between, and nothing was written. */
export async function cutPower(machine: Machine, synced: Synced, target: string, cut: Cut): Promise<number | null> {
  const { dataDir, product, database } = machine
  const app = product.child.pid ?? 0
  const postmaster = await postmasterOf(dataDir)
  const writers = await database.sql<{ pid: number }>`
    select pid from pg_stat_activity where backend_type = any(${WRITERS})`
  const stopped: number[] = []
  const stop = (pid: number): void => {
    process.kill(pid, 'SIGSTOP')
    stopped.push(pid)
  }
  try {
    stop(app) // from here on nobody is answered any more …
    for (const { pid } of writers) stop(pid) // … and no data file can run ahead of the log
    if ((await readCheckpoint(database)) !== synced.checkpoint) return null
    const [log] = await database.sql<{ lsn: string }>`select pg_current_wal_flush_lsn() as lsn`
    for (const pid of [postmaster, ...(await childrenOf(postmaster))]) stop(pid)
    cut.atCut()
    const disk: Disk = { lsn: log?.lsn ?? '', synced, chance: cut.chance, putBack: 0 }
    for (const path of await filesIn(dataDir)) {
      const found = await read(dataDir, path)
      await mkdir(dirname(join(target, path)), { recursive: true, mode: 0o700 })
      await writeFile(join(target, path), leaveOf(path, found, disk), { mode: 0o600 })
    }
    for (const path of await foldersIn(dataDir)) await mkdir(join(target, path), { recursive: true, mode: 0o700 })
    return disk.putBack
  } finally {
    for (const pid of stopped.toReversed()) tryToContinue(pid)
  }
}

interface Disk {
  /** Up to here the log is on the disk. */
  readonly lsn: string
  readonly synced: Synced
  readonly chance: Chance
  putBack: number
}

function leaveOf(path: string, found: Buffer, disk: Disk): Buffer {
  if (path === 'yorozu.lock') return afterBoot(found)
  if (path.startsWith('postgres/pg_wal/')) return tearLog(path, found, disk)
  if (!UNSYNCED.test(path) || ATOMIC.test(path)) return found
  return mix(disk.synced.files.get(path) ?? Buffer.alloc(0), found, disk)
}

/** Each block as it was or as it is. */
function mix(before: Buffer, found: Buffer, disk: Disk): Buffer {
  const mixed = Buffer.from(found)
  for (let at = 0; at < mixed.length; at += BLOCK) {
    const [was, is] = [before.subarray(at, at + BLOCK), mixed.subarray(at, at + BLOCK)]
    if (was.equals(is) || disk.chance.happens(0.5)) continue
    disk.putBack += 1
    is.fill(0)
    was.copy(is)
  }
  return mixed
}

/** What was written behind the synced end is there for a few sectors, and then nothing or anything. */
function tearLog(path: string, found: Buffer, { lsn, chance }: Disk): Buffer {
  const [high = '', low = ''] = lsn.split('/')
  const [upper, at] = [parseInt(high, 16), parseInt(low, 16)]
  const hex = (number: number): string => number.toString(16).toUpperCase().padStart(8, '0')
  if (!path.endsWith(`${hex(upper)}${hex(Math.floor(at / SEGMENT))}`)) return found
  const torn = Buffer.from(found)
  const end = at % SEGMENT
  const kept = chance.happens(0.5) ? end : Math.min(SEGMENT, (Math.floor(end / SECTOR) + chance.int(1, 16)) * SECTOR)
  const byte = chance.happens(0.5) ? () => 0 : () => chance.int(0, 255)
  for (let index = kept; index < Math.min(kept + 64 * SECTOR, SEGMENT); index += 1) torn[index] = byte()
  return torn.fill(0, Math.min(kept + 64 * SECTOR, SEGMENT))
}

/** The lock of a machine that has started anew since: the number of its process says nothing any more. */
function afterBoot(lock: Buffer): Buffer {
  const held = JSON.parse(lock.toString()) as { readonly pid: number; readonly startedAt: string | null }
  const startedAt = held.startedAt?.replace(/^[^/]+/, randomUUID()) ?? null
  return Buffer.from(JSON.stringify({ ...held, startedAt }))
}

async function readCheckpoint({ sql }: Database): Promise<string> {
  const [row] = await sql<{ lsn: string }>`select checkpoint_lsn as lsn from pg_control_checkpoint()`
  return row?.lsn ?? ''
}

async function entriesIn(dir: string) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(dir.length + 1) }))
}

async function filesIn(dir: string): Promise<readonly string[]> {
  return (await entriesIn(dir)).flatMap(({ entry, path }) => (entry.isFile() ? [path] : []))
}

async function foldersIn(dir: string): Promise<readonly string[]> {
  return (await entriesIn(dir)).flatMap(({ entry, path }) => (entry.isDirectory() ? [path] : []))
}

/** A file that went meanwhile is empty. */
function read(dir: string, path: string): Promise<Buffer> {
  return readFile(join(dir, path)).catch(() => Buffer.alloc(0))
}

function tryToContinue(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT')
  } catch {
    // ended meanwhile
  }
}
