import pg from 'pg'

/** Which of the named database servers connections go to. */
export interface DatabaseServers {
  /** Where new connections go now; `null` when it has to be found out first. */
  current(): string | null
  /** Whether a connection may turn out to lead to a server that only follows another one. */
  readonly areSeveral: boolean
  /** A connection broke: of several servers, the one to go to has to be found out anew. */
  doubt(): void
  /** Looks for the server that takes writes; who asks meanwhile waits for the same answer. Throws when there is none. */
  seek(): Promise<string>
}

const SEEK_WAIT_MS = 3_000

/** Reads an address with one server or several, `postgres://user:password@db1:5432,db2:5432/name`, as libpq writes it: one address
 *  for each server. */
export function addressesOf(url: string): readonly string[] {
  const [, before = '', hosts = '', after = ''] = /^([a-z]+:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/is.exec(url) ?? []
  return hosts.includes(',') ? hosts.split(',').map((host) => `${before}${host}${after}`) : [url]
}

/** The servers of one address. Of several, the one that takes writes counts; of two that do, the one that was promoted last: the other
 *  was left behind and woke up again. A server left behind is never gone back to. */
export function createDatabaseServers(url: string): DatabaseServers {
  const addresses = addressesOf(url)
  let current = addresses.length === 1 ? url : null
  let newest = 0
  let seeking: Promise<string> | null = null

  async function seek(): Promise<string> {
    if (addresses.length === 1) return url
    const looks = await Promise.allSettled(addresses.map(timelineOf))
    const found = looks.map((look) => (look.status === 'fulfilled' ? (look.value ?? 0) : 0))
    const highest = Math.max(...found)
    const address = addresses[found.indexOf(highest)]
    if (highest > 0 && highest >= newest && address !== undefined) {
      ;[newest, current] = [highest, address]
      return address
    }
    const failed = looks.find((look) => look.status === 'rejected')
    if (failed !== undefined && looks.every(({ status }) => status === 'rejected')) throw failed.reason
    throw Object.assign(new Error('None of the database servers takes writes'), { code: NOT_WRITABLE })
  }

  return {
    current: () => current,
    areSeveral: addresses.length > 1,
    doubt() {
      if (addresses.length > 1) current = null
    },
    seek: () => (seeking ??= seek().finally(() => (seeking = null))),
  }
}

/** All servers that answer follow another one. */
export const NOT_WRITABLE = 'NOT_WRITABLE'

/** The timeline of a server that takes writes, which goes up by one with each promotion; `null` of one that follows. */
async function timelineOf(address: string): Promise<number | null> {
  const client = new pg.Client({
    connectionString: address,
    connectionTimeoutMillis: SEEK_WAIT_MS,
    query_timeout: SEEK_WAIT_MS,
  })
  client.on('error', () => undefined) // the question under way fails anyway
  try {
    await client.connect()
    // Evaluated in this order: a server that follows has no place to write at.
    const { rows } = await client.query<{ timeline: string | null }>(
      `select case when not pg_is_in_recovery() then substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end as timeline`,
    )
    const timeline = rows[0]?.timeline ?? null
    return timeline === null ? null : Number.parseInt(timeline, 16)
  } finally {
    await client.end().catch(() => undefined)
  }
}
