import { readdirSync, readFileSync } from 'node:fs'
import { cpus, totalmem, type } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

const QUIET_SHARE = 0.12
const LOOK_MS = 1000

/** What the figures were measured on, in one line. */
export function describeMachine(): string {
  const [first] = cpus()
  const memoryGb = (totalmem() / 2 ** 30).toFixed(0)
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${memoryGb} GB, ${type()}, Node ${process.versions.node}`
}

/** Starts to watch; the function it returns tells which share of the machine (0 … 1) other programs have used since. */
export function watchOthers(): () => number {
  const [before, own] = [machineTicks(), ownTicks()]
  return () => {
    const now = machineTicks()
    const all = now.all - before.all
    return all > 0 ? Math.max(0, (now.busy - before.busy - (ownTicks() - own)) / all) : 0
  }
}

/** Waits until other programs leave the machine alone, but no longer than `limitMs`; with `--at-once` not at all. */
export async function waitForQuiet(limitMs: number): Promise<void> {
  if (process.argv.includes('--at-once')) return
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += LOOK_MS) {
    const others = watchOthers()
    await sleep(LOOK_MS)
    if (others() < QUIET_SHARE) return
  }
}

/** CPU seconds used so far by a process and everything it has started. 0 where there is no /proc. */
export function treeSeconds(root: number): number {
  return treeTicks(root) / 100 // USER_HZ is 100 on every Linux
}

const ownTicks = (): number => treeTicks(process.pid)

function machineTicks(): { readonly busy: number; readonly all: number } {
  const [, ...ticks] = (readProc('stat') ?? '').split('\n', 1).join('').trim().split(/\s+/).map(Number)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = ticks
  return {
    busy: user + nice + system + irq + softIrq + steal,
    all: ticks.slice(0, 8).reduce((sum, count) => sum + count, 0),
  }
}

function treeTicks(root: number): number {
  const running = pids().flatMap((pid) => readProcess(pid) ?? [])
  const byParent = Map.groupBy(running, ({ parent }) => parent)
  const tree = running.filter(({ pid }) => pid === root)
  for (const { pid } of tree) tree.push(...(byParent.get(pid) ?? [])) // walks on over what it adds
  return tree.reduce((sum, { ticks }) => sum + ticks, 0)
}

interface Process {
  readonly pid: number
  readonly parent: number
  /** Its own, and those of its children that have ended. */
  readonly ticks: number
}

/** `null` for a process that has just ended. Fields as proc(5) counts them from the state on. */
function readProcess(pid: number): Process | null {
  const stat = readProc(`${pid}/stat`)
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, count) => sum + Number(count), 0)
  return { pid, parent: Number(fields[1]), ticks }
}

function pids(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return [] // no Linux: others count as silent
  }
}

function readProc(path: string): string | null {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return null
  }
}
