import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const RETRY_MS = 500
const PULSE_MS = 25_000 // asked this often whether the other side is still there: nothing else is ever said on this connection
const ANSWER_LIMIT_MS = 10_000

/** Hears one payload; `null` = the connection was made anew, and whatever was notified meanwhile is lost. */
export type OnPayload = (payload: string | null) => void

/** Calls back with each payload NOTIFYed on `channel`, on a connection of its own that is made anew whenever it breaks.
 *  `findServer` says where, each time. Throws when the first connection fails. Returns how to stop. */
export async function listenOn(
  findServer: () => Promise<string>,
  channel: string,
  onPayload: OnPayload,
): Promise<() => Promise<void>> {
  const openHere = async () => open(await findServer(), channel, onPayload)
  let stopped = false
  let current = await openHere()

  async function keepOpen(): Promise<void> {
    while (!stopped) {
      await current.ended
      while (!stopped) {
        const next = await openHere().catch(() => null)
        if (next === null) await sleep(RETRY_MS, undefined, { ref: false })
        else {
          current = next
          onPayload(null)
          break
        }
      }
    }
    await current.close()
  }
  const done = keepOpen()

  return async () => {
    stopped = true
    await current.close()
    await done
  }
}

interface Listening {
  readonly ended: Promise<unknown>
  close(): Promise<void>
}

async function open(url: string, channel: string, onPayload: OnPayload): Promise<Listening> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_LIMIT_MS,
    query_timeout: ANSWER_LIMIT_MS,
  })
  client.on('error', () => undefined) // followed by 'end', which is what counts
  client.on('notification', ({ payload }) => onPayload(payload ?? ''))
  const ended = new Promise((resolve) => client.once('end', resolve))
  try {
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  const close = (): Promise<void> => client.end().catch(() => undefined)
  const pulse = setInterval(() => void client.query('select 1').catch(close), PULSE_MS)
  pulse.unref()
  void ended.then(() => clearInterval(pulse))
  return { ended, close }
}
