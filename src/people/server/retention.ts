import { assessRetention, dueUntil, RETENTION, type RetentionLine } from '#people/domain/retention.ts'
import { localDateOf } from '#kernel/time.ts'
import { appendAudit } from '#server/audit.ts'
import type { ServerKit } from '#server/kit.ts'
import type { InCityTurn, RetentionPart } from '#server/retention-part.ts'

/** So many go in one transaction at most: phones that send meanwhile wait for a moment, never for the whole. */
const PORTION = 100
/** And so many portions of a kind in one go. The rest goes an hour later. */
const PORTIONS_MAX = 50

type Kit = Pick<ServerKit, 'database' | 'city' | 'now'>

/** What would go today, kind by kind, and what comes next. Changes nothing. */
export async function readRetention(kit: Kit, parts: readonly RetentionPart[]): Promise<readonly RetentionLine[]> {
  const lines: RetentionLine[] = []
  for (const { kind, readDays } of parts) {
    const days = await readDays(kit.database.sql, kit.city)
    lines.push(assessRetention(kind, days, kit.now()))
  }
  return lines
}

/** Lets go what has been kept long enough (docs/rules.md#retention), and writes down how many of each kind went. Done a second time
 *  it finds nothing. Returns how many went. */
export async function applyRetention(
  kit: Kit,
  { parts, inCityTurn }: { readonly parts: readonly RetentionPart[]; readonly inCityTurn: InCityTurn },
): Promise<number> {
  let total = 0
  for (const line of await readRetention(kit, parts)) {
    const part = parts.find(({ kind }) => kind === line.kind)
    if (part === undefined || line.dueCount === 0) continue
    total += await applyPart(kit, part, inCityTurn)
  }
  return total
}

async function applyPart(kit: Kit, part: RetentionPart, inCityTurn: InCityTurn): Promise<number> {
  let total = 0
  for (let portion = 0; portion < PORTIONS_MAX; portion++) {
    const gone = await inCityTurn(kit, async (context) => {
      const until = dueUntil(RETENTION[part.kind], localDateOf(context.now))
      const count = await part.apply(context, { until, limit: PORTION })
      if (count > 0) {
        await appendAudit(context.sql, context.city, [
          {
            at: context.now,
            actor: { kind: 'system', id: null, role: 'system' },
            deviceId: null,
            action: 'retention.done',
            object: `retention:${part.kind}`,
            reason: null,
            count,
          },
        ])
      }
      return count
    })
    total += gone
    if (gone < PORTION) return total
  }
  return total
}
