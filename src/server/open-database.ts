import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from './config.ts'
import { holdDataFolder } from './data-folder.ts'
import { connectDatabase, type Database } from './database.ts'
import { NOT_WRITABLE } from './database-servers.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { codeOf } from './process-state.ts'
import { StartRefusal } from './start-refusal.ts'

const OLDEST_VERSION = 16
const REACH_LIMIT_MS = 30_000 // a database server started together with us, as by docker compose, takes its time
const REACH_RETRY_MS = 500
const ANSWER_LIMIT_MS = 60_000 // no statement of ours takes as long; a machine that is gone without a word never answers

interface OpenDatabase {
  readonly database: Database
  /** Closes all connections, then stops what was started for them. */
  stop(): Promise<void>
}

/** The database that the configuration names, reached, and with the tables of this version. Throws a StartRefusal when it cannot be had. */
export async function openDatabase(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<OpenDatabase> {
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step()
  }
  try {
    const url = config.databaseUrl ?? (await startOwn(config.dataDir, undo))
    await bringUpToDate(url)
    const database = connectDatabase({ url, answerLimitMs: ANSWER_LIMIT_MS })
    undo.push(() => database.close())
    return { database, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startOwn(dataDir: string, undo: (() => Promise<void>)[]): Promise<string> {
  const folder = await holdDataFolder(dataDir)
  undo.push(() => folder.release())
  const postgres = await startEmbeddedPostgres({ dir: folder.path })
  undo.push(() => postgres.stop())
  return postgres.url('postgres')
}

/** On a connection of its own, where a step may take as long as it takes. */
async function bringUpToDate(url: string): Promise<void> {
  const database = connectDatabase({ url, maxConnections: 1 })
  try {
    await untilReachable(database)
    await migrate(database)
  } finally {
    await database.close()
  }
}

/** Waits for a server that is not up yet; says at once what waiting does not mend. */
async function untilReachable(database: Database): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += REACH_RETRY_MS) {
    try {
      const [row] = await database.sql<{
        version: number
      }>`select current_setting('server_version_num')::int / 10000 as version`
      const version = row?.version ?? 0
      if (version >= OLDEST_VERSION) return
      throw new StartRefusal(`DATABASE_URL のサーバーは PostgreSQL ${version} です。${OLDEST_VERSION} 以上が必要です。`)
    } catch (error) {
      if (error instanceof StartRefusal) throw error
      if (!mayPass(error) || waitedMs >= REACH_LIMIT_MS) throw new StartRefusal(cannotReach(error))
      await sleep(REACH_RETRY_MS)
    }
  }
}

const PASSING = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'ETIMEDOUT',
  '57P03',
  '53300',
  NOT_WRITABLE,
]

function mayPass(error: unknown): boolean {
  return PASSING.includes(codeOf(error) ?? '')
}

function cannotReach(error: unknown): string {
  const code = codeOf(error)
  if (code === '28P01' || code === '28000')
    return `DATABASE_URL のサーバーに断られました（${code}）。利用者の名前と合言葉を確認してください。`
  if (code === '3D000')
    return `DATABASE_URL のサーバーに、その名前のデータベースがありません（${code}）。先に作ってください。`
  if (code === NOT_WRITABLE)
    return 'DATABASE_URL のサーバーは、どれも予備のままで、書き込めません。一つを主にしてから起動してください。'
  return `DATABASE_URL のサーバーに届きません（${code ?? String(error)}）。アドレスと、サーバーが動いているかを確認してください。`
}
