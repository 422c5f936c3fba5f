import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { connectDatabase, type Database } from '#server/database.ts'
import { startEmbeddedPostgres } from '#server/embedded-postgres.ts'
import { chooseLauncher, type Launcher, quietly } from '#server/postgres-launcher.ts'

/** One PostgreSQL of the pair. */
export interface PairServer {
  /** Its address alone. */
  readonly url: string
  /** `kill -9` of its first process; the others end by themselves. */
  kill(): Promise<void>
  /** Stops every process of it where it stands, as when a machine hangs; and lets them go on. */
  freeze(isFrozen: boolean): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** A primary and a standby to which every commit has to get before it is answered. */
export interface StandbyPair {
  readonly primary: PairServer
  readonly standby: PairServer
  /** Both, as `DATABASE_URL` names them. */
  readonly url: string
  /** Makes the standby the primary, as the operator does. */
  promote(): Promise<void>
  stop(): Promise<void>
}

const USER = 'yorozu'
const DATABASE = 'postgres'

export async function startStandbyPair(): Promise<StandbyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'yorozu-pair-'))
  const [first, second] = [join(folder, 'first'), join(folder, 'second')]
  await (await startEmbeddedPostgres({ dir: first })).stop() // a cluster, as the product makes it
  await promisify(execFile)('cp', ['-a', first, second])
  const cluster = (dir: string): string => join(dir, 'postgres')
  const password = (await readFile(join(cluster(first), 'password'), 'utf8')).trim()
  const launcher = await chooseLauncher(cluster(first))
  const [firstPort, secondPort] = [await freePort(), await freePort()]
  const address = (hosts: string): string => `postgres://${USER}:${password}@${hosts}/${DATABASE}`
  const [firstHost, secondHost] = [`127.0.0.1:${firstPort}`, `127.0.0.1:${secondPort}`]

  const follows = `host=127.0.0.1 port=${firstPort} user=${USER} password=${password} application_name=standby`
  await makeStandby(cluster(second), launcher)
  const primary = createServerOf(cluster(first), launcher, {
    url: address(firstHost),
    settings: [`port=${firstPort}`, 'synchronous_standby_names=standby', 'synchronous_commit=on'],
  })
  const standby = createServerOf(cluster(second), launcher, {
    url: address(secondHost),
    settings: [`port=${secondPort}`, `primary_conninfo=${follows}`],
  })
  await primary.start()
  await standby.start()
  await untilTrue(primary.url, (sql) => sql`select sync_state = 'sync' as yes from pg_stat_replication`)
  return {
    primary,
    standby,
    url: address(`${firstHost},${secondHost}`),
    async promote() {
      await untilTrue(standby.url, (sql) => sql`select pg_promote(true, 30) as yes`)
    },
    async stop() {
      await Promise.all([primary.stop(), standby.stop()])
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The file by which PostgreSQL knows at its start that it follows another one. */
async function makeStandby(cluster: string, { owner }: Launcher): Promise<void> {
  const signal = join(cluster, 'standby.signal')
  await writeFile(signal, '', { mode: 0o600 })
  if (owner !== null) await promisify(execFile)('chown', [`${owner.uid}:${owner.gid}`, signal])
}

interface ServerOptions {
  readonly url: string
  readonly settings: readonly string[]
}

const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100', 'timezone=UTC']

function createServerOf(cluster: string, launcher: Launcher, { url, settings }: ServerOptions): PairServer {
  let child: ReturnType<typeof spawn> | null = null
  const isOver = (): boolean => child === null || child.exitCode !== null || child.signalCode !== null

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === null || isOver()) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  return {
    url,
    async start() {
      const log = await open(`${cluster}.log`, 'a')
      const options = [...SETTINGS, ...settings].flatMap((setting) => ['-c', setting])
      const [command = '', ...args] = [...launcher.postgres, '-D', cluster, ...options]
      child = spawn(command, args, { env: quietly.env, detached: true, stdio: ['ignore', log.fd, log.fd] })
      await log.close()
      await untilTrue(url, (sql) => sql`select true as yes`)
    },
    kill: () => end('SIGKILL'),
    async freeze(isFrozen) {
      const pid = String(child?.pid)
      const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', pid])
      for (const one of [pid, ...stdout.split('\n').map((line) => line.trim())].filter((text) => text !== ''))
        process.kill(Number(one), isFrozen ? 'SIGSTOP' : 'SIGCONT')
    },
    async stop() {
      await end('SIGQUIT')
    },
  }
}

async function untilTrue(url: string, ask: (sql: Database['sql']) => Promise<object[]>): Promise<void> {
  const database = connectDatabase({ url, maxConnections: 1 })
  try {
    for (;;) {
      const rows = await ask(database.sql).catch(() => [])
      if ((rows as { yes: boolean }[])[0]?.yes === true) return
      await sleep(50)
    }
  } finally {
    await database.close()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
