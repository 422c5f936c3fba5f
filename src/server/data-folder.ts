import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { codeOf, isRunning, startTimeOf } from './process-state.ts'
import { StartRefusal } from './start-refusal.ts'

/** A data folder that this process alone works in. */
export interface DataFolder {
  readonly path: string
  release(): Promise<void>
}

const Holder = v.object({ pid: v.number(), startedAt: v.nullable(v.string()) })
const ATTEMPTS = 5

/** Makes the folder if need be and takes it for this process. Refuses while another process has it; takes it over from a dead one. */
export async function holdDataFolder(path: string): Promise<DataFolder> {
  const lock = join(path, 'yorozu.lock')
  const mine = JSON.stringify({ pid: process.pid, startedAt: startTimeOf(process.pid) })
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await take(lock, mine)) return { path, release: () => release(lock, mine) }
      const held = await readOrNull(lock)
      if (held === null) continue
      refuseIfAlive(path, held)
      await setAside(lock, held)
    }
  } catch (error) {
    if (error instanceof StartRefusal) throw error
    throw new StartRefusal(
      `データフォルダ ${path} に書き込めません（${codeOf(error)}）。持ち主と空き容量を確認してください。`,
    )
  }
  throw new StartRefusal(
    `データフォルダ ${path} を、ほかの「よろず」と同時に使おうとしました。もう一度起動してください。`,
  )
}

/** All of the lock or nothing: written aside, then linked to its name, which fails when the name is taken. */
async function take(lock: string, mine: string): Promise<boolean> {
  const aside = `${lock}.${process.pid}`
  await writeFile(aside, mine, { mode: 0o600 })
  try {
    await link(aside, lock)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await rm(aside, { force: true })
  }
}

function refuseIfAlive(path: string, held: string): void {
  const holder = v.safeParse(v.pipe(v.string(), v.parseJson(), Holder), held)
  if (!holder.success) return // torn by a power cut: nobody alive wrote it, for a lock appears whole
  const { pid, startedAt } = holder.output
  if (!isRunning(pid)) return
  const startedNow = startTimeOf(pid)
  if (startedAt !== null && startedNow !== null && startedAt !== startedNow) return // another program got the pid
  throw new StartRefusal(
    `データフォルダ ${path} は、動いている「よろず」（プロセス番号 ${pid}）が使っています。そちらを止めてから起動してください。`,
  )
}

/** Takes a dead lock away. Two may try at once: whoever finds that it took a newer lock puts that one back. */
async function setAside(lock: string, held: string): Promise<void> {
  const aside = `${lock}.stale.${process.pid}`
  try {
    await rename(lock, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if ((await readOrNull(aside)) !== held) await link(aside, lock).catch(() => undefined)
  await rm(aside, { force: true })
}

async function release(lock: string, mine: string): Promise<void> {
  if ((await readOrNull(lock)) === mine) await rm(lock, { force: true })
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
