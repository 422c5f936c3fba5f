import { LOST, type OutboxEntry, type StoreName } from './local-schema.ts'
import { startingWith } from './records.ts'
import { isSealed, type Parts, putTogether, type Stored, takeApart } from './seal.ts'
import type { AnyStore, Between } from './sealed-tx.ts'
import type { Secrets, StoredIn } from './secrets.ts'

/** One run of a work. Once it is doomed, nothing of it may be kept; it goes on only to find out what else is missing. */
export interface Round extends Between {
  readonly toOpen: ReadonlySet<StoredIn>
  readonly toSeal: ReadonlyMap<string, Parts>
}

export function createRound(secrets: Secrets): Round {
  const toOpen = new Set<StoredIn>()
  const toSeal = new Map<string, Parts>()
  const searched = new Set<string>()
  let isDoomed = false

  const isHidden = (name: StoreName, value: unknown): boolean =>
    secrets.isLocked() && takeApart(name, value)?.isListed === true

  function note(store: StoreName, stored: Stored): void {
    isDoomed = true
    toOpen.add({ store, stored })
  }

  /** What is missing is rarely alone: its neighbors are opened with it, so that a walk through them needs one more run and not one each. */
  async function noteNeighbors(name: StoreName, { bucket, kind }: Partial<Stored>, store: AnyStore): Promise<void> {
    const place = [name, bucket, kind].join(' ')
    if (searched.has(place)) return
    searched.add(place)
    const range = name === 'records' ? startingWith(String(bucket), String(kind)) : undefined
    for (const value of await store.getAll(range)) {
      if (isSealed(value) && !isHidden(name, value) && secrets.openedOf(name, value) === undefined) note(name, value)
    }
  }

  return {
    get isDoomed() {
      return isDoomed
    },
    toOpen,
    toSeal,
    /** The values as they are without sealing. What no key opens is not there, but for what waits to be sent. */
    async serve(name, found, store) {
      const served: unknown[] = []
      let missing: Stored | undefined
      for (const value of found) {
        if (value === undefined || isHidden(name, value)) continue
        const opened = isSealed(value) ? secrets.openedOf(name, value) : undefined
        if (!isSealed(value)) served.push(value)
        else if (opened) served.push(putTogether(name, value, opened.secret))
        else if (opened === undefined) note(name, (missing = value))
        else if (name === 'outbox') served.push(lostEntry(value as unknown as OutboxEntry))
      }
      if (missing === undefined) return served
      await noteNeighbors(name, missing, store)
      throw new Error('Not opened yet')
    },
    async keep(name, given, how, store) {
      const parts = takeApart(name, ...given)
      if (parts === null) return store[how](...given)
      if (name === 'outbox' && isLost(given[0] as OutboxEntry)) return undefined // it stays as it lies there
      const sealed = secrets.sealedOf(parts)
      if (sealed !== undefined) return store[how]({ ...parts.clear, sealed }, given[1])
      if (parts.isListed && secrets.isLocked()) throw new Error('A locked device takes no lists')
      isDoomed = true
      toSeal.set(JSON.stringify([parts.owner, parts.secret]), parts)
      return undefined
    },
  }
}

/** What waits and cannot be opened any more. It is shown to a person, never sent and never dropped. */
function lostEntry({ operation, ...rest }: OutboxEntry): OutboxEntry {
  const { id, seq, at, name } = operation
  const lost = { id, seq, at, name: `${LOST}${name}`, payload: {} }
  return {
    queuedAt: rest.queuedAt,
    operation: lost as never,
    state: 'attention',
    outcome: { id, status: 'held', reason: 'unreadable' },
  }
}

function isLost({ operation }: OutboxEntry): boolean {
  return String(operation.name).startsWith(LOST)
}
