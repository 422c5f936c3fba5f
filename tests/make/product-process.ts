import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const PRODUCT = join(import.meta.dirname, '../../src/main.server.ts')
const BROKEN = join(import.meta.dirname, 'broken-build-hook.ts')
const READY = 'Ctrl+C' // the last line of what it says at its start

/** The product as `npm run serve` starts it, in a process of its own. */
export interface ProductProcess {
  /** Everything it has written since its start. */
  said(): string
  /** Where it says that people open it. */
  readonly url: string
  readonly child: ChildProcess
  stop(): Promise<void>
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>
}

export async function startProcess(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<ProductProcess> {
  const broken = process.env['YOROZU_BROKEN'] ?? ''
  const child = spawn(process.execPath, [...(broken === '' ? [] : ['--import', BROKEN]), PRODUCT, ...args], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', YOROZU_BROKEN: broken, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = once(child, 'exit')
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => {
        said += text.toString()
        if (said.includes(READY)) resolve()
      })
  })
  await Promise.race([ready, ended])
  const [, url] = /だれでも\s+(http\S+)\//.exec(said) ?? []
  if (url === undefined) throw new Error(`The product did not start: ${said}`)
  return {
    said: () => said,
    url,
    child,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
