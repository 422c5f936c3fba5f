import { purgedObject } from '#audit/domain/audit-check.ts'
import { instantAt, instantOf, localDateOf, type LocalDate, type LocalTime } from '#kernel/time.ts'
import { appendAudit, SYSTEM } from '#server/audit.ts'
import type { ServerKit } from '#server/kit.ts'
import { keepCheck, readLastCheck } from './keep-check.ts'

const CHECK_EVERY_MS = 24 * 60 * 60 * 1000

type RoundsKit = Pick<ServerKit, 'database' | 'city' | 'now'>

/** What the program does by itself every hour: lines older than `years` go, and once a day the chain is checked. */
export async function auditRounds(kit: RoundsKit, years: number): Promise<void> {
  await purgeAudit(kit, years)
  const last = await readLastCheck(kit.database.sql, kit.city)
  if (last === null || last.at <= instantOf(Date.parse(kit.now()) - CHECK_EVERY_MS)) await keepCheck(kit)
}

/** Takes away the lines of whole months that are older than `years`, and writes down which was the last of them: from then on the
 *  check begins there. Returns how many went (docs/rules.md#audit). */
export function purgeAudit({ database, city, now }: RoundsKit, years: number): Promise<number> {
  return database.transaction(async (sql) => {
    const [gone] = await sql<{ seq: number; hash: string; count: number }>`
      select last_seq as seq, encode(last_hash, 'hex') as hash, purged as count
        from purge_audit(${city}, ${firstKept(localDateOf(now()), years)})`
    if (gone === undefined) return 0
    const line = { at: now(), actor: SYSTEM, deviceId: null, action: 'audit.purged', reason: null } as const
    await appendAudit(sql, city, [{ ...line, object: purgedObject(gone), count: gone.count }])
    return gone.count
  })
}

/** The beginning of this month, so many years ago. */
function firstKept(today: LocalDate, years: number): string {
  const month = `${String(Number(today.slice(0, 4)) - years).padStart(4, '0')}${today.slice(4, 7)}-01`
  return instantAt(month as LocalDate, '00:00' as LocalTime)
}
