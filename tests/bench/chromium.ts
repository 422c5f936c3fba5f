import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { findBrowser, NO_BROWSER } from '../make/browser.ts'

// A bare line to the browser's DevTools: what is needed here, slowing down a service worker's network, Playwright does not offer.
const FLAGS = [
  '--remote-debugging-pipe',
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-extensions',
  '--mute-audio',
  '--hide-scrollbars',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost', // whatever is not ours fails at once, and is counted
]
const CLOSE_LIMIT_MS = 5000

export interface DevToolsEvent {
  readonly method: string
  readonly params: unknown
  /** Which page or worker; absent for the browser itself. */
  readonly sessionId?: string
}

export interface Chromium {
  /** `Chrome/156.0.…` */
  readonly version: string
  send<Result = unknown>(method: string, params?: object, sessionId?: string): Promise<Result>
  onEvent(listener: (event: DevToolsEvent) => void): void
  close(): Promise<void>
}

/** A browser that has never seen anything. Whoever launches it closes it. */
export async function launchChromium(): Promise<Chromium> {
  const program = findBrowser()
  if (program === null) throw new Error(NO_BROWSER)
  const profile = await mkdtemp(join(tmpdir(), 'yorozu-bench-profile-'))
  const child = spawn(program, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const line = talkOver(child)
  const { product } = await line.send<{ product: string }>('Browser.getVersion')
  return {
    ...line,
    version: product,
    async close() {
      const ended = once(child, 'exit')
      line.send('Browser.close').catch(() => undefined)
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT_MS)
      await ended
      clearTimeout(timer)
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

interface Answer extends DevToolsEvent {
  readonly id?: number
  readonly result: unknown
  readonly error?: { readonly message: string }
}

function talkOver(child: ChildProcess): Pick<Chromium, 'send' | 'onEvent'> {
  const [to, from] = [child.stdio[3] as Duplex, child.stdio[4] as Duplex]
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const listeners: ((event: DevToolsEvent) => void)[] = []
  let [count, rest] = [0, '']
  to.on('error', () => undefined) // the browser has ended: 'exit' tells
  from.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) hear(JSON.parse(message) as Answer)
  })
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser ended'))
  })
  function hear(message: Answer): void {
    if (message.id === undefined) {
      for (const listener of listeners) listener(message)
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error !== undefined) asked?.reject(new Error(message.error.message))
    else asked?.resolve(message.result)
  }
  return {
    send(method, params = {}, sessionId) {
      const id = (count += 1)
      const asked = Promise.withResolvers<unknown>()
      waiting.set(id, asked)
      to.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`)
      return asked.promise as Promise<never>
    },
    onEvent: (listener) => void listeners.push(listener),
  }
}
