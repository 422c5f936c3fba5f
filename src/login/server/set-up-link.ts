import type { ServerKit } from '#server/kit.ts'
import { invitationPath, makeInvitation, voidSetUpLinks } from './invitations.ts'
import { hasStaff } from './join.ts'

/** The path by which the first 管理者 comes in, while there is nobody yet; `null` afterwards. Each start makes a new one and takes back
 *  those before it: only the newest one on the screen is good (docs/rules.md#invitations). */
export function renewSetUpLink({
  database,
  city,
  now,
}: Pick<ServerKit, 'database' | 'city' | 'now'>): Promise<string | null> {
  return database.transaction(async (sql) => {
    await voidSetUpLinks(sql, { city, now: now() })
    if (await hasStaff(sql, city)) return null
    const { token } = await makeInvitation(sql, { city, now: now(), purpose: 'setUp', role: 'admin', madeBy: null })
    return invitationPath(token)
  })
}
