import type { DayCount } from '#people/domain/retention.ts'
import type { RetentionPart } from '#server/retention-part.ts'

/** Devices of residents that nobody has seen for long (docs/rules.md#retention). One that comes back all the same is new here; what it
 *  said before has its answers. */
export const DEVICE_RETENTION: readonly RetentionPart[] = [
  {
    kind: 'devices',
    readDays: (sql, city) => sql<DayCount>`
      select (last_contact_at at time zone 'Asia/Tokyo')::date as "lastOn", count(*)::int as count
        from devices where city = ${city} and role = 'resident' group by 1`,
    async apply({ sql, city }, { until, limit }) {
      const rows = await sql`
        delete from devices
         where city = ${city} and device_id in (
               select device_id from devices
                where city = ${city} and role = 'resident'
                  and (last_contact_at at time zone 'Asia/Tokyo')::date <= ${until}
                limit ${limit})
        returning 1`
      return rows.length
    },
  },
]
