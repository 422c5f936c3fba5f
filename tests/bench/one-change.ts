import { instantOf } from '#kernel/time.ts'
import type { Database } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { makeIdentity } from '../make/device.ts'
import { makeMark } from '../make/payloads.ts'
import { exchange, makeKeys, makeTestDevice, type TestDevice } from '../make/server-kit.ts'

/** What one check-in costs, for whoever says it and for whoever hears of it. */
export interface OneChange {
  readonly pushMs: number
  /** A round trip that brings one mark, and one that brings nothing. */
  readonly pullMs: number
  readonly idleMs: number
}

/** Two phones of one city that hold the same lists. */
export interface Pair {
  change(): Promise<OneChange>
}

/** The server's own work over one city, in this process, at the machine's time. */
export function makeCityKit(database: Database, city: string): ServerKit {
  return {
    database,
    city,
    now: () => instantOf(Date.now()),
    keyFor: makeKeys(),
    whoIs: async () => makeIdentity('volunteer'),
  }
}

export async function makePair(kit: ServerKit): Promise<Pair> {
  const [speaker, listener] = [makeTestDevice(kit, { role: 'volunteer' }), makeTestDevice(kit, { role: 'volunteer' })]
  const people = (await speaker.pull()).flatMap(({ kind, bucket, body }) =>
    kind === 'rosterEntry' && body !== null
      ? [{ sessionId: bucket.replace('session:', '') as SessionId, learnerId: body.learnerId }]
      : [],
  )
  let [said, cursors] = [0, await readToEnd(kit, listener)]
  return {
    async change() {
      const mark = speaker.op('attendance.mark', makeMark(people[said++ % people.length]), kit.now())
      const pushMs = await timed(() => speaker.push(mark))
      let brought = 0
      const pullMs = await timed(async () => {
        const answer = await exchange(kit, listener.actor, { push: [], cursors })
        ;[cursors, brought] = [answer.cursors, answer.changes.length]
      })
      if (brought !== 1) throw new Error(`A pull brought ${brought} changes instead of one`)
      const idleMs = await timed(() => exchange(kit, listener.actor, { push: [], cursors }))
      return { pushMs, pullMs, idleMs }
    },
  }
}

async function readToEnd(kit: ServerKit, { actor }: TestDevice): Promise<Readonly<Record<string, number>>> {
  for (let cursors = {}; ;) {
    const answer = await exchange(kit, actor, { push: [], cursors })
    if (!answer.more) return answer.cursors
    cursors = answer.cursors
  }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
