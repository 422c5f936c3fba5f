import { daysOf, type FiscalYear } from '#kernel/fiscal-year.ts'
import { type Instant, instantAt, type LocalTime, plusDays } from '#kernel/time.ts'
import type { Unreported } from '#kpi/domain/kpi-page.ts'
import type { Sql } from '#server/database.ts'

interface Asked {
  readonly year: FiscalYear
  readonly now: Instant
}

/** Source: docs/rules.md#device-ledger
 *  未着: what has not come in yet for a 年度. What waits was said between the oldest of it and the device's last contact; what is missing,
 *  between its first contact and its last: a year that touches that time may lack it. Devices of residents count nothing towards a year. */
export async function readUnreported(sql: Sql, city: string, { year, now }: Asked): Promise<Unreported> {
  const { firstOn, lastOn } = daysOf(year)
  const midnight = '00:00' as LocalTime
  const [from, until] = [instantAt(firstOn, midnight), instantAt(plusDays(lastOn, 1), midnight)]
  const [row] = await sql<Unreported>`
    with late as (
      select device_id, case when least(oldest_unsent_at, last_contact_at) < ${until} then unsent_count else 0 end
                      + case when first_seen_at < ${until} then gap_count else 0 end as facts
        from device_ledger
       where city = ${city} and holder <> 'resident' and last_contact_at >= ${from} and unsent_count + gap_count > 0),
    silent as (
      select distinct device_id from silent_devices join device_ledger using (city, device_id)
       where city = ${city} and holder <> 'resident' and held_on between ${firstOn} and ${lastOn} and over_at <= ${now})
    select coalesce(sum(facts), 0)::int as "factCount", count(*)::int as "deviceCount"
      from late full join silent using (device_id)
     where facts > 0 or silent.device_id is not null`
  return row ?? { factCount: 0, deviceCount: 0 }
}
