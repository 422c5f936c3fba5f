import { hash } from 'node:crypto'
import { type AuditBreak, type AuditCheck, type AuditHead, readPurged } from '#audit/domain/audit-check.ts'
import { genesisText } from '#audit/domain/chain.ts'
import type { Database, Sql } from '#server/database.ts'
import type { AuditLine } from './audit-line.ts'
import { createChainWalk } from './chain-walk.ts'

const PART = 5000 // lines held at once
const BREAKS_MAX = 1000 // places named; all are counted

/** Checks the whole chain of a city on one snapshot, so that a purge in the middle of it changes nothing. */
export function checkAudit(database: Database, city: string): Promise<AuditCheck> {
  return database.transaction(async (sql) => {
    await sql`set transaction isolation level repeatable read read only`
    return verifyAudit(sql, city)
  })
}

/** Walks the chain from its first line to its last and names each place where it is not whole (docs/rules.md#audit).
 *  `sql`: of a transaction that sees one snapshot, or where nobody else is at work. */
export async function verifyAudit(sql: Sql, city: string): Promise<AuditCheck> {
  const heads = await sql<AuditHead>`
    select seq, encode(hash, 'hex') as hash from audit_heads where city = ${city} order by seq`
  const walked = await walkAlong(sql, city, heads)
  const breaks = breaksOf(city, walked, heads.at(-1) ?? null)
  const { last, lineCount } = walked
  return {
    lineCount,
    head: last && { seq: last.seq, hash: last.hash },
    breakCount: breaks.length,
    breaks: breaks.slice(0, BREAKS_MAX),
  }
}

interface Walked {
  readonly lineCount: number
  readonly first: AuditLine | null
  readonly last: AuditLine | null
  /** What the newest line `audit.purged` says is gone. */
  readonly purged: AuditHead | null
  /** Lines that were the head once, with another hash. */
  readonly rewritten: readonly AuditBreak[]
  readonly inside: ReturnType<ReturnType<typeof createChainWalk>['end']>
}

async function walkAlong(sql: Sql, city: string, heads: readonly AuditHead[]): Promise<Walked> {
  const headAt = new Map(heads.map((head) => [head.seq, head.hash]))
  const walk = createChainWalk()
  const rewritten: AuditBreak[] = []
  let [first, last, purged]: [AuditLine | null, AuditLine | null, AuditHead | null] = [null, null, null]
  let lineCount = 0
  for await (const part of readParts(sql, city))
    for (const line of part) {
      walk.step(line)
      first ??= line
      last = line
      lineCount += 1
      if (line.action === 'audit.purged' && line.kind === 'system') purged = readPurged(line.object) ?? purged
      const known = headAt.get(line.seq) ?? line.hash
      if (known !== line.hash) rewritten.push({ kind: 'rewritten', seq: line.seq, until: line.seq })
    }
  return { lineCount, first, last, purged, rewritten, inside: walk.end() }
}

/** What was found inside, at the start and at the end; nothing twice that one place explains. */
function breaksOf(city: string, walked: Walked, head: AuditHead | null): readonly AuditBreak[] {
  const { first, last, purged, rewritten, inside } = walked
  const ends = [
    ...breaksAtStart(first, purged, hash('sha256', genesisText(city), 'hex')),
    ...breaksAtEnd(last, inside.shift, head),
  ]
  const isNamed = ({ seq }: AuditBreak): boolean => inside.breaks.some((one) => explains(one, seq))
  const planted = ends.filter(({ kind }) => kind === 'inserted')
  return inOrder([
    ...ends.filter((one) => one.kind !== 'changed' || !isNamed(one)),
    ...inside.breaks.filter(({ seq }) => !planted.some((one) => one.seq <= seq && seq <= one.until)),
    ...rewritten.filter((one) => !isNamed(one)),
  ])
}

/** Each place once, by its number. */
function inOrder(places: readonly AuditBreak[]): readonly AuditBreak[] {
  const once = new Map(places.map((place) => [`${place.kind} ${place.seq}`, place]))
  return [...once.values()].sort((a, b) => a.seq - b.seq)
}

/** Whether what is wrong at a line follows from a place that is named already: the line itself, or numbers that moved before it. */
function explains({ kind, seq, until }: AuditBreak, at: number): boolean {
  if (kind === 'swapped') return at === seq || at === until
  return at === seq || ((kind === 'inserted' || kind === 'missing') && seq <= at)
}

/** The first line follows nothing, or the last one that was purged by the rules. */
function breaksAtStart(first: AuditLine | null, purged: AuditHead | null, genesis: string): readonly AuditBreak[] {
  if (first === null) return []
  const before = purged ?? { seq: 0, hash: genesis }
  if (first.seq > before.seq + 1) return [{ kind: 'missing', seq: before.seq + 1, until: first.seq - 1 }]
  if (first.seq <= before.seq) return [{ kind: 'inserted', seq: first.seq, until: before.seq }]
  return first.previous === before.hash ? [] : [{ kind: 'changed', seq: first.seq, until: first.seq }]
}

/** The last line is the one that was noted last; `shift` is what hidden insertions before it explain. */
function breaksAtEnd(last: AuditLine | null, shift: number, head: AuditHead | null): readonly AuditBreak[] {
  const [lastSeq, headSeq] = [last?.seq ?? 0, (head?.seq ?? 0) - shift]
  if (lastSeq < headSeq) return [{ kind: 'cut', seq: lastSeq + 1, until: headSeq }]
  return lastSeq > headSeq ? [{ kind: 'inserted', seq: headSeq + 1, until: lastSeq }] : []
}

/** All lines in the order of their numbers, some thousands at a time: while one part is looked at, the next is on its way. */
async function* readParts(sql: Sql, city: string): AsyncGenerator<readonly AuditLine[]> {
  let next = readPart(sql, city, Number.MIN_SAFE_INTEGER)
  for (;;) {
    const part = await next
    const last = part.at(-1)
    if (last === undefined) return
    next = readPart(sql, city, last.seq)
    yield part
  }
}

function readPart(sql: Sql, city: string, after: number): Promise<readonly AuditLine[]> {
  return sql<AuditLine>`
    select seq, at, actor_kind as kind, actor_id as "actorId", role, device_id as "deviceId", action, outcome, object, reason,
           count, encode(previous, 'hex') as previous, encode(hash, 'hex') as hash
      from audit_log where city = ${city} and seq > ${after} order by seq limit ${PART}`
}
