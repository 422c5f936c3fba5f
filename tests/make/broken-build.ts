import { join } from 'node:path'

/** One fault planted into the product's own source: `from` stands there exactly once. */
export interface Mutation {
  readonly name: BrokenName
  readonly file: string
  readonly from: string
  readonly to: string
}

export const BROKEN_NAMES = ['skip-idempotency', 'drop-row-lock', 'forget-before-acknowledgement'] as const
export type BrokenName = (typeof BROKEN_NAMES)[number]

/** Faults that the proofs have to catch. Where the product is guarded twice, both guards go: one alone would be harmless. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'skip-idempotency', // nothing is known of what was answered before …
    file: 'src/sync/server/push.ts',
    from: 'await recall(sql, city, [...once.keys()], answers)',
    to: '',
  },
  {
    name: 'skip-idempotency', // … and the table's key does not stop the second one
    file: 'src/sync/server/push.ts',
    from: 'context.city}, id, device_id',
    to: 'context.city}, case when exists (select from operations o where o.city = ${context.city} and o.id = t.id) then gen_random_uuid() else t.id end, device_id',
  },
  {
    name: 'drop-row-lock', // two processes take the same turn …
    file: 'src/sync/server/city-turn.ts',
    from: 'for no key update`',
    to: '`',
  },
  {
    name: 'drop-row-lock', // … and the same version twice is no conflict
    file: 'src/sync/server/city-turn.ts',
    from: 'select city, version from moved`',
    to: 'select city, version from moved on conflict do nothing`',
  },
  {
    name: 'forget-before-acknowledgement',
    file: 'src/sync/client/sync-once.ts',
    from: 'const reply = await ask(options, {',
    to: `await db.write(['outbox'], async (tx) => {
      for (const { operation } of pushed) await tx.objectStore('outbox').delete(operation.seq)
    }, { bySync: true })
    const reply = await ask(options, {`,
  },
]

const ROOT = join(import.meta.dirname, '../..')

/** Which broken build this run is; `null`: the sound one. Throws when `YOROZU_BROKEN` names none. */
export function askedBroken(): BrokenName | null {
  const asked = process.env['YOROZU_BROKEN'] ?? ''
  if (asked === '') return null
  const name = BROKEN_NAMES.find((known) => known === asked)
  if (name === undefined) throw new Error(`No broken build is called ${asked}`)
  return name
}

/** The source of a file with the faults of this broken build planted into it; `null` where it has none of them. */
export function breakSource(name: BrokenName, path: string, source: string): string | null {
  const planted = MUTATIONS.filter((mutation) => mutation.name === name && join(ROOT, mutation.file) === path)
  return planted.length === 0 ? null : planted.reduce(plant, source)
}

function plant(source: string, { name, file, from, to }: Mutation): string {
  const parts = source.split(from)
  if (parts.length !== 2) throw new Error(`${name}: found ${parts.length - 1} times in ${file}: ${from}`)
  return parts.join(to)
}

/** For Vite: plants the faults that `YOROZU_BROKEN` names, if it names any. */
export function brokenPlugins() {
  const name = askedBroken()
  if (name === null) return []
  const transform = (source: string, id: string): string | null => breakSource(name, id.split('?')[0] ?? '', source)
  // What was transformed is kept for the next run by the names of the plugins: a broken build must not be taken for the sound one.
  return [{ name: `broken-build:${name}`, enforce: 'pre' as const, transform }]
}
