import type { StaffId } from '#login/domain/identity.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import type { App } from '../../src/main.server.ts'
import type { ServerKit } from '#server/kit.ts'
import { makeStaffLogin } from './staff.ts'

/** A member of staff who is signed in and asks the server. */
export interface Person {
  readonly staffId: StaffId
  get(path: string): Promise<Response>
  post(path: string, body?: object): Promise<Response>
}

export async function makePerson(app: App, kit: ServerKit, role: StaffRole, name?: string): Promise<Person> {
  const { staffId, cookie } = await makeStaffLogin(kit, role, name === undefined ? {} : { name })
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    app.fetch(
      new Request(`http://localhost${path}`, {
        ...init,
        headers: { Cookie: cookie, 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
      }),
    )
  return {
    staffId,
    get: (path) => ask(path),
    post: (path, body = {}) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
  }
}

/** The status of an answer, and what it says. */
export async function said(answer: Response): Promise<readonly [number, unknown]> {
  return [answer.status, answer.status === 204 ? null : await answer.json()]
}

/** What the audit says was done, apart from who came in. */
export async function auditActions({ database, city }: ServerKit): Promise<readonly string[]> {
  const rows = await database.sql<{ line: string }>`
    select action || coalesce(' ' || object, '') || coalesce(' ' || reason, '') as line
      from audit_log where city = ${city} and action <> 'signIn.done' order by seq`
  return rows.map(({ line }) => line)
}
