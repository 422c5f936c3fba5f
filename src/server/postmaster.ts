import { execFile } from 'node:child_process'
import { readdir, readFile, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isRunning } from './process-state.ts'
import { StartRefusal } from './start-refusal.ts'

// Lines of postmaster.pid, from PostgreSQL's pidfile.h.
const PID = 0
const STATUS = 7

const POLL_MS = 10
const FAST_STOP_MS = 30_000
const IMMEDIATE_STOP_MS = 10_000

/** Whether this very server process takes connections. */
export async function isReady(clusterDir: string, pid: number): Promise<boolean> {
  const lines = await readPidFile(clusterDir)
  return lines !== null && Number(lines[PID]) === pid && lines[STATUS]?.trim() === 'ready'
}

/** Ends a server that a killed process of ours left running on the cluster, and clears what would keep a new one from starting. */
export async function endLeftover(clusterDir: string): Promise<void> {
  const pid = Number((await readPidFile(clusterDir))?.[PID])
  if (Number.isInteger(pid) && pid > 0 && isRunning(pid) && (await isServerOf(pid, clusterDir))) await stopServer(pid)
  await disownPidFile(clusterDir)
  const files = await readdir(clusterDir)
  for (const file of files.filter((name) => /^\.s\.PGSQL\.\d+\.lock$/.test(name)))
    await rm(join(clusterDir, file), { force: true })
}

/** PostgreSQL refuses to start while any process has the id in postmaster.pid: another program that got the id, or a dead server that
 *  nobody collects, as in a container without an init. It does not mind its own parent. So we put ourselves there: it goes on, and
 *  still looks in shared memory for orphans of the dead server, which it would not with the file gone. */
async function disownPidFile(clusterDir: string): Promise<void> {
  const [file, lines] = [join(clusterDir, 'postmaster.pid'), await readPidFile(clusterDir)]
  if (lines === null) return
  if (!/^\d+$/.test(lines[PID] ?? '')) return rm(file, { force: true }) // torn by a power cut
  await writeFile(`${file}.new`, lines.with(PID, String(process.pid)).join('\n'), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** Ends a server: connections are closed and work in progress is undone; if that takes too long, the next start recovers from the log. */
export async function stopServer(pid: number): Promise<void> {
  if (await signalAndWait(pid, 'SIGINT', FAST_STOP_MS)) return
  if (await signalAndWait(pid, 'SIGQUIT', IMMEDIATE_STOP_MS)) return
  throw new StartRefusal(`内蔵のデータベース（プロセス番号 ${pid}）が止まりません。機械を再起動してください。`)
}

async function signalAndWait(pid: number, signal: NodeJS.Signals, limitMs: number): Promise<boolean> {
  if (!isRunning(pid)) return true
  process.kill(pid, signal)
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
    if (!isRunning(pid)) return true
    await sleep(POLL_MS)
  }
  return false
}

/** A server works in its cluster's folder, and nothing else does. */
async function isServerOf(pid: number, clusterDir: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(clusterDir))
  } catch {
    const ps = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({ stdout: '' }))
    return ps.stdout.includes(clusterDir)
  }
}

async function readPidFile(clusterDir: string): Promise<readonly string[] | null> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => null)
  return text === null ? null : text.split('\n')
}
