import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { DemoLinks } from '#login/server/demo-links.ts'
import type { Report } from './server.ts'

const START_LIMIT_MS = 30_000

/** A measured server in a process of its own. */
export interface BenchServer {
  readonly origin: string
  readonly links: DemoLinks
  usage(): Promise<Extract<Report, { kind: 'usage' }>>
  /** Keeps accepting connections and answers none of them: the worst Wi-Fi of a community hall. */
  stall(): void
  resume(): void
  stop(): Promise<void>
}

/** `execArgv`: for Node, such as `--expose-gc`, with which garbage is collected before usage is told. */
export async function startServer(
  kind: 'product' | 'floor',
  databaseUrl: string,
  execArgv: readonly string[] = [],
): Promise<BenchServer> {
  const child = fork(new URL('./server.ts', import.meta.url), [kind, databaseUrl], { execArgv: [...execArgv] })
  const ready = await nextReport(child)
  if (ready.kind !== 'ready') throw new Error('The server did not start')
  return {
    origin: `http://localhost:${ready.port}`,
    links: ready.links,
    async usage() {
      child.send('usage')
      const report = await nextReport(child)
      if (report.kind !== 'usage') throw new Error('The server did not tell its usage')
      return report
    },
    stall: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL') // also ends one that is stalled
      await ended
    },
  }
}

async function nextReport(child: ChildProcess): Promise<Report> {
  const heard = new AbortController() // once one of the two has come, nobody listens for the other any more
  const signal = AbortSignal.any([heard.signal, AbortSignal.timeout(START_LIMIT_MS)])
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('The server ended')
  })
  try {
    const [report] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Report]
    return report
  } finally {
    ended.catch(() => undefined)
    heard.abort()
  }
}
