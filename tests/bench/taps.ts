import { setTimeout as sleep } from 'node:timers/promises'
import { median, quantile, spread, type Table } from './figures.ts'
import { waitForQuiet, watchOthers } from './machine.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'
import { openSlowPhone, PHONE, type SlowPhone, until } from './slow-phone.ts'
import { startServer } from './start-server.ts'

const PEOPLE = 40
const ROUNDS = 3
const BREATH_MS = 300 // between two people

/** One tap on a name, as the page itself saw it: ms from the finger's touch. */
interface Tap {
  readonly savedMs: number
  readonly shownMs: number
  readonly durability: string
}
interface Round {
  readonly taps: readonly Tap[]
  readonly others: number
}

/** From a finger on a name to the mark on the disk, and to the name shown as here. */
export async function measureTaps(postgres: BenchPostgres): Promise<Table> {
  const town = await postgres.makeTemplate((database) =>
    seedSessions(database, { sessions: 1, people: PEOPLE, firstInDays: null }),
  )
  const without: Round[] = []
  const within: Round[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    without.push(await runRound(postgres, town, true))
    within.push(await runRound(postgres, town, false))
  }
  return tableOf(without, within)
}

async function runRound(postgres: BenchPostgres, town: string, isOffline: boolean): Promise<Round> {
  const server = await startServer('product', await postgres.copy(town))
  const phone = await openSlowPhone({ probe: watchTaps, slowLine: true })
  try {
    await phone.open(server.origin + server.links.volunteer)
    await until('the list of today', () => phone.evaluate<boolean>(`${FIND_LIST} !== undefined`))
    await phone.open(server.origin + (await phone.evaluate<string>(`${FIND_LIST}.getAttribute('href')`)))
    await until('the roster', async () => (await countNames(phone)) === PEOPLE)
    await until('the last request', async () => phone.network().idleMs > 3000)
    if (isOffline) await phone.setOffline(true)
    await waitForQuiet(20_000)
    const others = watchOthers()
    const taps: Tap[] = []
    for (let person = 0; person < PEOPLE; person += 1) taps.push(await tapNextName(phone))
    return { taps, others: others() }
  } finally {
    await phone.close()
    await server.stop()
  }
}

const FIND_LIST = `[...document.querySelectorAll('a')].find((link) => /^\\/hall\\/[0-9a-f-]{36}$/.test(link.getAttribute('href')))`
const NAMES = `[...document.querySelectorAll('main li > button:only-child')]`
const countNames = (phone: SlowPhone): Promise<number> => phone.evaluate<number>(`${NAMES}.length`)

async function tapNextName(phone: SlowPhone): Promise<Tap> {
  const at = await phone.evaluate<{ x: number; y: number }>(`(() => {
    const [name] = ${NAMES}
    name.scrollIntoView({ block: 'center' })
    const { x, y, width, height } = name.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })()`)
  await sleep(BREATH_MS)
  await phone.evaluate('window.benchTap = null')
  await phone.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
  await phone.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  let tap: Tap | null = null
  await until(
    'the tap to be kept and shown',
    async () => {
      tap = await phone.evaluate<Tap | null>('window.benchTap')
      return tap !== null
    },
    10_000,
  )
  return tap as unknown as Tap
}

/** Runs in the page, before anything of ours: hears the finger, the commit of what goes into the outbox, and the name's change. */
function watchTaps(): void {
  let touchedAt = 0
  let tapped: Element | null = null
  let kept: { savedMs: number; durability: string } | null = null
  let shownMs: number | null = null
  const tell = (): void => {
    if (kept !== null && shownMs !== null) Object.assign(window, { benchTap: { ...kept, shownMs } })
  }
  addEventListener(
    'pointerdown',
    (event) => {
      ;[touchedAt, kept, shownMs] = [event.timeStamp, null, null]
      tapped = event.target instanceof Element ? event.target.closest('button') : null
    },
    true,
  )
  const { add } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = function (...given) {
    const { transaction, name } = this
    const mine = touchedAt
    if (name === 'outbox')
      transaction.addEventListener('complete', () => {
        if (mine !== touchedAt) return
        kept = { savedMs: performance.now() - touchedAt, durability: transaction.durability }
        tell()
      })
    return add.apply(this, given)
  }
  const painted = new MessageChannel()
  painted.port1.addEventListener('message', () => {
    shownMs = performance.now() - touchedAt
    tell()
  })
  painted.port1.start()
  new MutationObserver(() => {
    if (tapped === null || tapped.isConnected) return
    tapped = null
    requestAnimationFrame(() => painted.port2.postMessage(null)) // the frame is on its way to the screen
  }).observe(document, { childList: true, subtree: true })
}

function tableOf(without: readonly Round[], within: readonly Round[]): Table {
  const row = (name: string, rounds: readonly Round[], of: (tap: Tap) => number, goals: readonly string[]) => {
    const values = rounds.flatMap(({ taps }) => taps.map(of))
    const medians = rounds.map(({ taps }) => median(taps.map(of)))
    const figures = [median(values), quantile(values, 0.95), Math.max(...values)].map((value) => value.toFixed(0))
    return [name, ...figures, spread(medians), ...goals]
  }
  const durabilities = new Set([...without, ...within].flatMap(({ taps }) => taps.map(({ durability }) => durability)))
  const others = [...without, ...within].map((round) => round.others * 100)
  return {
    heading: 'A tap on a name, until it cannot be lost',
    before: [
      `The roster of ${PEOPLE} people in Chromium, ${PHONE.width}×${PHONE.height}, CPU ${PHONE.cpuTimesSlower}× slower. A finger taps one name after the other; ` +
        `counted from the touch to the \`complete\` of the transaction that holds mark and outbox entry (durability: ${[...durabilities].join(', ')}), and to the frame that shows the name as here.`,
    ],
    head: ['', 'median ms', '95 % ms', 'greatest ms', 'medians of the rounds', 'target', 'limit'],
    rows: [
      row('kept, no network', without, (tap) => tap.savedMs, ['60', '100']),
      row('kept, network there', within, (tap) => tap.savedMs, ['60', '100']),
      row('shown, no network', without, (tap) => tap.shownMs, ['', '']),
      row('shown, network there', within, (tap) => tap.shownMs, ['', '']),
    ],
    after: [`${ROUNDS} rounds of ${PEOPLE} taps each. Other programs used ${spread(others)} % of the machine.`],
  }
}
