import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { invariant } from '#kernel/invariant.ts'
import { chooseLauncher, type Launcher, quietly } from './postgres-launcher.ts'
import { endLeftover, isReady, stopServer } from './postmaster.ts'
import { codeOf } from './process-state.ts'
import { StartRefusal } from './start-refusal.ts'

/** A real PostgreSQL of our own: started with this process, stopped with it. */
export interface EmbeddedPostgres {
  /** Where a database of it is; with its password, so not for logs. */
  url(database: string): string
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Holds the cluster in `postgres/` and the server's log. */
  readonly dir: string
  /** Settings of PostgreSQL beside ours, such as `fsync=off`. */
  readonly settings?: readonly string[]
}

const USER = 'yorozu'
const UNFINISHED = 'postgres.new-'
const SOCKET_MAX_BYTES = 103 // sun_path: 108 on Linux, 104 on macOS, both with a closing zero
const SOCKET_PORT = 5432 // only a part of the socket's name
const READY_LIMIT_MS = 300_000 // after a crash, the log of the last minutes is replayed first
const POLL_MS = 10
const ATTEMPTS = 3
const RETRY_MS = 500

const SETTINGS = [
  'timezone=UTC',
  'log_timezone=UTC',
  'unix_socket_permissions=0700',
  'max_connections=50',
  // The log tells how the server fares. Statements and the values in them may be personal, so no error of a statement is written.
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_checkpoints=off',
]

/** Starts PostgreSQL on the cluster in `dir`, made at the first start. Whatever a killed process left behind is cleared first.
 *  The caller holds the folder, so nobody else is at work in it. Throws a StartRefusal when this machine cannot run it. */
export async function startEmbeddedPostgres({ dir, settings = [] }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = join(dir, 'postgres')
  const launcher = await chooseLauncher(cluster)
  if (await exists(cluster)) await prepareCluster(cluster, launcher)
  else await createCluster(dir, launcher)
  const password = (await readFile(join(cluster, 'password'), 'utf8')).trim()
  for (let attempt = 1; ; attempt++) {
    const address = await chooseAddress(cluster)
    const server = await startServer(dir, launcher, [...SETTINGS, ...address.settings, ...settings])
    if (server !== null) {
      const host = encodeURIComponent(address.host)
      return {
        url: (database) => `postgres://${USER}:${password}@localhost:${address.port}/${database}?host=${host}`,
        stop: server.stop,
      }
    }
    if (attempt === ATTEMPTS) throw new StartRefusal(await lastWords(dir))
    await sleep(RETRY_MS) // orphans of a killed server go within a moment; a port taken in between is chosen anew
  }
}

async function prepareCluster(cluster: string, { major, owner }: Launcher): Promise<void> {
  const madeBy = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (madeBy !== String(major))
    throw new StartRefusal(
      `データは PostgreSQL ${madeBy} で作られていて、この版（${major}）では開けません。作ったときの版の「よろず」で起動してください。`,
    )
  await endLeftover(cluster)
  // Made under another user, on a machine that then allowed it.
  if (owner !== null && (await stat(cluster)).uid !== owner.uid)
    await promisify(execFile)('chown', ['-R', `${owner.uid}:${owner.gid}`, cluster])
}

/** Made aside and renamed when whole, so that a start broken off leaves nothing half made. The password lies in the cluster: neither is of use alone. */
async function createCluster(dir: string, { initdb }: Launcher): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  for (const file of await readdir(dir))
    if (file.startsWith(UNFINISHED)) await rm(join(dir, file), { recursive: true, force: true, maxRetries: 20 })
  // A name of its own: the initdb of a start broken off may still be tidying up under the other.
  const aside = join(dir, `${UNFINISHED}${randomBytes(4).toString('hex')}`)
  const passwordFile = `${aside}.password`
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
  const [command = '', ...args] = initdb
  const options = [`--pgdata=${aside}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  try {
    await promisify(execFile)(command, [...args, ...options, ...locale, '--no-instructions'], quietly)
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : codeOf(error)
    throw new StartRefusal(`データフォルダ ${dir} にデータベースを作れません: ${said}`)
  }
  await rename(passwordFile, join(aside, 'password'))
  await rename(aside, join(dir, 'postgres'))
}

interface Address {
  readonly host: string
  readonly port: number
  readonly settings: readonly string[]
}

/** A socket in the cluster's own folder, which only its owner can enter; where its path would be too long, a free port of this machine. */
async function chooseAddress(cluster: string): Promise<Address> {
  if (Buffer.byteLength(join(cluster, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_MAX_BYTES) {
    const settings = ['listen_addresses=', `unix_socket_directories=${quoted(cluster)}`, `port=${SOCKET_PORT}`]
    return { host: cluster, port: SOCKET_PORT, settings }
  }
  const port = await freePort()
  return {
    host: '127.0.0.1',
    port,
    settings: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`],
  }
}

/** One entry of a list setting, whatever signs the path has. */
function quoted(path: string): string {
  return `"${path.replaceAll('"', '""')}"`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  invariant(address !== null && typeof address === 'object', 'a TCP server has a port')
  server.close()
  await once(server, 'close')
  return address.port
}

/** Starts the server and waits until it takes connections; `null` when it ends before that. Restarts it should it ever end by itself. */
async function startServer(
  dir: string,
  launcher: Launcher,
  settings: readonly string[],
): Promise<{ stop: () => Promise<void> } | null> {
  const cluster = join(dir, 'postgres')
  const [command = '', ...args] = [
    ...launcher.postgres,
    '-D',
    cluster,
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
  let stopping = false
  let pid = await launch()
  if (pid === null) return null
  return {
    async stop() {
      stopping = true
      if (pid !== null) await stopServer(pid)
    },
  }

  async function launch(): Promise<number | null> {
    await endLeftover(cluster)
    const log = await open(join(dir, 'postgres.log'), 'a', 0o600)
    // A session of its own: a Ctrl+C is for us, and we stop it when our own work is done.
    const child = spawn(command, args, { env: quietly.env, detached: true, stdio: ['ignore', log.fd, log.fd] })
    const ended = once(child, 'exit').catch(() => undefined)
    child.unref()
    await log.close()
    if (child.pid === undefined || !(await untilReady(cluster, child.pid, ended))) return null
    void ended.then(restart)
    return child.pid
  }

  async function restart(): Promise<void> {
    while (!stopping) {
      await sleep(RETRY_MS, undefined, { ref: false })
      if (stopping) return
      pid = await launch().catch(() => null) // a full disk, say: the log tells, and space may come back
      if (pid !== null) return stopping ? stopServer(pid) : undefined
    }
  }
}

async function untilReady(cluster: string, pid: number, ended: Promise<unknown>): Promise<boolean> {
  let running = true
  void ended.then(() => (running = false))
  for (let waitedMs = 0; running && waitedMs < READY_LIMIT_MS; waitedMs += POLL_MS) {
    if (await isReady(cluster, pid)) return true
    await sleep(POLL_MS)
  }
  if (running) await stopServer(pid)
  return false
}

async function lastWords(dir: string): Promise<string> {
  const log = join(dir, 'postgres.log')
  const lines = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-3)
  return `内蔵のデータベースが起動しません。記録 ${log} の終わり: ${lines.join(' / ')}`
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}
