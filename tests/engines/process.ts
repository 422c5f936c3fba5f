import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A process of a test, and what it says. */
export interface Started {
  readonly child: ChildProcess
  /** Waits for words in what it writes; answers the first group. */
  said(pattern: RegExp): Promise<string>
  /** Ends it and whatever it started itself. */
  stop(): Promise<void>
}

const START_MS = 60_000

/** Starts a program at the head of a process group of its own, so that all of it can be ended by one id. */
export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(program, [...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let text = ''
  const readers = new Set<() => void>()
  const hear = (chunk: Buffer): void => {
    text += chunk.toString()
    for (const read of readers) read()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    child,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`${program} did not start: ${text}`)), START_MS)
        const read = (): void => {
          const match = pattern.exec(text)
          if (match === null) return
          clearTimeout(limit)
          readers.delete(read)
          resolve(match[1] ?? match[0])
        }
        readers.add(read)
        child.once('error', reject)
        read()
      }),
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
      await over
    },
  }
}

/** A program on PATH; `null` when there is none. */
export function findProgram(name: string): string | null {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  return places.find(canRun) ?? null
}

/** The first program that a pattern of paths finds. */
export function findByPattern(pattern: string): string | null {
  return globSync(pattern).find(canRun) ?? null
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
