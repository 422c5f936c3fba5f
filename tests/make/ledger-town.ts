import { Hono } from 'hono'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Unreported } from '#kpi/domain/kpi-page.ts'
import { readUnreported } from '#kpi/server/unreported.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { DeviceLedger, LedgerDevice, OwnProgram, SessionPhones } from '#sync/domain/device-ledger.ts'
import { deviceLedgerRoute } from '#sync/server/device-ledger-route.ts'
import { type LedgerPhone, makeLedgerPhone } from './ledger-phone.ts'
import { saveInstructor } from './pairing.ts'
import type { PhoneTown } from './phone-town.ts'

/** Somebody who helps at a class, with a phone that has its list. */
export interface Helper {
  readonly name: string
  readonly id: InstructorId
  readonly phone: LedgerPhone
  readonly sessionId: SessionId
}

/** What the office sees of the phones of a town. */
export interface LedgerTown {
  readonly server: Hono
  /** Somebody new, today's class of theirs, and their phone with this build of the program; it has been in contact. */
  withClass(program?: string): Promise<Helper>
  readLedger(): Promise<DeviceLedger>
  readSession(id: SessionId): Promise<SessionPhones>
  /** A phone's line of the ledger. */
  find(phone: LedgerPhone): Promise<LedgerDevice | undefined>
  codesOf(phone: LedgerPhone): Promise<readonly string[]>
  /** What the yearly figures lack, of 令和8年度 unless the test says which. */
  unreported(year?: FiscalYear): Promise<Unreported>
}

let helpers = 0

/** Stands at the town's first moment; `own` is the build that its server gives out. */
export function makeLedgerTown(phones: PhoneTown, own: OwnProgram): LedgerTown {
  const { kit } = phones
  const server = new Hono().route('/', phones.begin()).route('/', deviceLedgerRoute(kit, own))

  async function read<Answer>(path: string): Promise<Answer> {
    const answer = await server.request(path)
    if (answer.status !== 200) throw new Error(`Answered with ${answer.status}`)
    return (await answer.json()) as Answer
  }
  const town: LedgerTown = {
    server,
    async withClass(program = own.name) {
      const name = `補助 その${++helpers}`
      const id = await saveInstructor(kit, { name, nameKana: 'ほじょ' })
      const phone = await makeLedgerPhone({ town: phones, server, whose: id, program })
      const sessionId = await phones.publishClass([id], 0)
      await phone.syncAll()
      return { name, id, phone, sessionId }
    },
    readLedger: () => read('/api/office/devices'),
    readSession: (id) => read(`/api/office/sessions/${id}/phones`),
    find: async ({ deviceId }) => (await town.readLedger()).devices.find((device) => device.deviceId === deviceId),
    codesOf: async (phone) => ((await town.find(phone))?.concerns ?? []).map(({ code }) => code),
    unreported: (year = 2026 as FiscalYear) => readUnreported(kit.database.sql, kit.city, { year, now: phones.now() }),
  }
  return town
}

/** Whose phones have brought everything of a session, or have not. */
export function namesOf({ phones }: SessionPhones, isIn: boolean): readonly (string | null)[] {
  return phones.filter((phone) => phone.isIn === isIn).map(({ name }) => name)
}
