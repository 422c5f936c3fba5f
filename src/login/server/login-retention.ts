import type { DayCount } from '#people/domain/retention.ts'
import type { RetentionPart } from '#server/retention-part.ts'

/** Who was signed in, and codes that nobody can use any more (docs/rules.md#retention). */
export const LOGIN_RETENTION: readonly RetentionPart[] = [
  {
    kind: 'logins',
    readDays: (sql, city) => sql<DayCount>`
      select (coalesce(ended_at, last_seen_at, opened_at) at time zone 'Asia/Tokyo')::date as "lastOn", count(*)::int as count
        from logins where city = ${city} group by 1`,
    async apply({ sql, city }, { until, limit }) {
      const rows = await sql`
        delete from logins
         where city = ${city} and token_hash in (
               select token_hash from logins
                where city = ${city}
                  and (coalesce(ended_at, last_seen_at, opened_at) at time zone 'Asia/Tokyo')::date <= ${until}
                limit ${limit})
        returning 1`
      return rows.length
    },
  },
  {
    kind: 'codes',
    readDays: (sql, city) => sql<DayCount>`
      select expired_on as "lastOn", count(*)::int as count
        from (select (expires_at at time zone 'Asia/Tokyo')::date as expired_on from login_challenges where city = ${city}
               union all
              select (expires_at at time zone 'Asia/Tokyo')::date from invitations where city = ${city}
               union all
              select (expires_at at time zone 'Asia/Tokyo')::date from pairing_codes where city = ${city}) as codes
       group by expired_on`,
    async apply({ sql, city }, { until }) {
      const [gone] = await sql<{ count: number }>`
        with challenges as (
          delete from login_challenges
           where city = ${city} and (expires_at at time zone 'Asia/Tokyo')::date <= ${until} returning 1),
        invited as (
          delete from invitations
           where city = ${city} and (expires_at at time zone 'Asia/Tokyo')::date <= ${until} returning 1),
        paired as (
          delete from pairing_codes
           where city = ${city} and (expires_at at time zone 'Asia/Tokyo')::date <= ${until} returning 1)
        select ((select count(*) from challenges) + (select count(*) from invited) + (select count(*) from paired))::int as count`
      return gone?.count ?? 0
    },
  },
]
