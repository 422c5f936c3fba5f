import { readFileSync } from 'node:fs'

// Fields of /proc/<pid>/stat after the program's name in brackets, which may itself hold blanks and brackets: proc_pid_stat(5).
const STATE = 0
const START_TICKS = 19

/** Whether a process is running. One that has ended and only waits to be collected is not. */
export function isRunning(pid: number): boolean {
  const fields = statOf(pid)
  if (fields !== null) return fields[STATE] !== 'Z'
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM' // there, but somebody else's
  }
}

/** When a process started, as a text to compare: a pid used again by another program has another one. `null` where there is no /proc. */
export function startTimeOf(pid: number): string | null {
  const ticks = statOf(pid)?.[START_TICKS]
  return ticks === undefined ? null : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`
}

/** The `code` of a system error, such as ENOENT. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

function statOf(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
