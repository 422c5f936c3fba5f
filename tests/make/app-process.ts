import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const APP = join(import.meta.dirname, 'database-app.ts')

/** The product's start as a real process. */
export interface AppProcess {
  readonly child: ChildProcess
  /** The notes it found, once it is ready; throws what it said when it ended instead. */
  readonly ready: Promise<readonly string[]>
  /** Has it write a note; whether that was kept. */
  keep(note: string): Promise<boolean>
  /** Ends it and waits for its end; what it said on its way out. */
  end(signal: NodeJS.Signals): Promise<Ending>
  readonly ended: Promise<Ending>
}

export interface Ending {
  readonly code: number | null
  readonly errors: string
}

export interface AppOptions {
  readonly env: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** Words before `node`: run it as somebody else. */
  readonly as?: readonly string[]
}

export function startApp({ env, args = ['--demo'], as = [] }: AppOptions): AppProcess {
  const [command = '', ...rest] = [...as, process.execPath, APP, ...args]
  const child = spawn(command, rest, { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: 'pipe' })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let errors = ''
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, errors }))
  const ready = (async () => {
    const { value } = await lines.next()
    const [, notes] = /^ready (.*)$/.exec(String(value)) ?? []
    if (notes === undefined) throw new Error((await ended).errors)
    return notes === '' ? [] : notes.split(',')
  })()
  ready.catch(() => undefined) // told to whoever waits for it
  return {
    child,
    ready,
    ended,
    async keep(note) {
      child.stdin.write(`${note}\n`)
      return (await lines.next()).value === 'kept'
    },
    async end(signal) {
      child.kill(signal)
      return ended
    },
  }
}
