import { setTimeout as sleep } from 'node:timers/promises'
import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import { instantOf, localDateOf } from '#kernel/time.ts'
import type { RosterEntry } from '#attendance/domain/mark.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { makeEnrollment, makeMark, makeUndo } from '../make/payloads.ts'
import { makeSpeaker, openLink, type Speaker } from './speaker.ts'
import type { BenchServer } from './start-server.ts'
import { openWire, type Wire } from './wire.ts'

const [PHONES, RESIDENTS, READERS] = [10, 5, 10] as const
const TAPS_PER_PHONE = 30 // then it goes home, and another one comes
const PAUSE_MS = 1000

/** What a day brings, all at once and without an end: returns how to stop, and what was done until then. */
export async function startLoad({ origin, links }: BenchServer): Promise<{
  readonly stop: () => Promise<{ readonly done: number; readonly errors: number }>
}> {
  let [isOver, done, errors] = [false, 0, 0]
  const cookies = { hall: await openLink(origin + links.volunteer), office: await openLink(origin + links.organizer) }

  /** Again and again, a pause between; what fails is counted and does not end it. */
  async function repeat(act: () => Promise<unknown>, pauseMs = PAUSE_MS): Promise<void> {
    await sleep(Math.random() * pauseMs)
    while (!isOver) {
      await act().catch(() => (errors += 1))
      done += 1
      await sleep(pauseMs)
    }
  }

  const office = openWire(origin, cookies.office)
  const reader = openWire(origin)
  const acts = [
    ...Array.from({ length: PHONES }, () => repeat(() => helpInHall(origin, cookies.hall, () => isOver))),
    ...Array.from({ length: RESIDENTS }, (_, index) => repeat(() => askAndWithdraw(origin, index), 2 * PAUSE_MS)),
    ...Array.from({ length: READERS }, () => repeat(() => reader.get('/'))),
    repeat(() => workInOffice(office), 2 * PAUSE_MS),
  ]
  let ended: Promise<unknown> | null = null
  return {
    async stop() {
      isOver = true
      await (ended ??= Promise.all(acts))
      office.close()
      reader.close()
      return { done, errors }
    },
  }
}

/** A phone that comes new, hears of all others, marks people and takes it back, and goes. */
async function helpInHall(origin: string, cookie: string, isOver: () => boolean): Promise<void> {
  const phone = makeSpeaker(origin, cookie)
  try {
    const people = (await phone.pull()).flatMap(({ kind, bucket, body }) =>
      kind === 'rosterEntry' && body !== null
        ? [{ sessionId: bucket.replace('session:', '') as SessionId, learnerId: (body as RosterEntry).learnerId }]
        : [],
    )
    phone.listen(() => void phone.pull().catch(() => undefined)) // closed by us at the end
    for (let tap = 0; tap < TAPS_PER_PHONE && !isOver(); tap += 1) {
      const mark = makeMark(people[Math.floor(Math.random() * people.length)])
      await phone.say('attendance.mark', mark)
      await sleep(PAUSE_MS / 2)
      await phone.say('attendance.undo', makeUndo(mark))
      await sleep(PAUSE_MS / 2)
    }
  } finally {
    phone.wire.close()
  }
}

/** Somebody who asks for a seat of the last session there is, and thinks better of it. */
async function askAndWithdraw(origin: string, index: number): Promise<void> {
  const phone: Speaker = makeSpeaker(origin)
  try {
    const sessions = (await phone.pull()).flatMap((one) =>
      one.kind === 'publicSession' && one.body !== null ? [one.body] : [],
    )
    const [last] = sessions.sort((a, b) => (a.heldOn < b.heldOn ? 1 : -1))
    if (last === undefined) throw new Error('No session to ask for')
    const who = { name: `受講者 ${index}`, nameKana: 'じゅこうしゃ', phone: `0902000${String(index).padStart(4, '0')}` }
    const wanted = makeEnrollment({ sessionId: last.sessionId, ...who, channel: 'web' })
    const { outcome } = await phone.say('enrollment.request', wanted)
    const { receiptNumber } = outcome.value ?? {}
    if (receiptNumber === undefined) throw new Error('No 受付番号')
    await phone.say('enrollment.withdraw', { receiptNumber, phoneLast4: who.phone.slice(-4) })
  } finally {
    phone.wire.close()
  }
}

async function workInOffice(wire: Wire): Promise<void> {
  const year = fiscalYearOf(localDateOf(instantOf(Date.now())))
  await wire.get(`/api/kpi/${year}`)
  await wire.get('/api/office/devices')
  await wire.get('/api/admin/audit')
}
