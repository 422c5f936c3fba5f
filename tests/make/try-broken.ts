import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BrokenName } from './broken-build.ts'
import type { Rule } from './history-check.ts'

const PROGRAM = join(import.meta.dirname, 'broken-history.ts')
const HOOK = join(import.meta.dirname, 'broken-build-hook.ts')

export interface Caught {
  /** Operations that had been said by then. */
  readonly operations: number
  readonly rules: readonly Rule[]
}

/** Runs a short proof over a build with a planted fault: that of the server in its processes, that of the phone in the program that
 *  plays the clients. `size`: seconds of the history, rounds of kills. */
export async function tryBroken(proof: 'history' | 'kills', name: BrokenName, size: number): Promise<Caught> {
  const env = { PATH: process.env['PATH'] ?? '', YOROZU_BROKEN: name }
  const args = [`--import=${HOOK}`, PROGRAM, proof, `broken ${name}`, String(size)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  const caught = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Caught
  const found = `${caught.operations} operations: ${caught.rules.join(', ')}`
  process.stdout.write(`The ${proof} test caught ${name} after ${found}\n`)
  return caught
}
