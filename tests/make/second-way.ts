import { Secret, TOTP } from 'otpauth'
import type { StaffId } from '#login/domain/identity.ts'
import type { SecondWayEntry, SecondWaySheet } from '#login/domain/second-way.ts'
import { confirmSecondWay, makeSecondWay } from '#login/server/second-way.ts'
import type { ServerKit } from '#server/kit.ts'
import { makeStaff, type StaffWanted } from './staff.ts'

/** What the app of whoever scanned the secret shows at a moment. */
export function changingCodeAt(secret: string, at: string | number): string {
  const timestamp = typeof at === 'number' ? at : Date.parse(at)
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp })
}

export interface SheetHolder {
  readonly staffId: StaffId
  readonly sheet: SecondWaySheet
  /** What they type at a moment, with the n-th number of the sheet. */
  entryAt(at: string | number, nth?: number): SecondWayEntry
}

/** Somebody with a sheet and an app, both in use. They were confirmed two minutes ago, so that no time step of now is used. */
export async function makeSheetHolder(kit: ServerKit, wanted: StaffWanted = {}): Promise<SheetHolder> {
  const staffId = await makeStaff(kit, 'organizer', wanted)
  const before = Date.parse(kit.now()) - 120_000
  const earlier = { ...kit, now: () => new Date(before).toISOString() as ReturnType<ServerKit['now']> }
  const sheet = await kit.database.transaction(async (sql) => {
    const made = await makeSecondWay(sql, earlier, { staffId, madeBy: null })
    await confirmSecondWay(sql, earlier, { staffId, changingCode: changingCodeAt(made.secret, before) })
    return made
  })
  return {
    staffId,
    sheet,
    entryAt: (at, nth = 0) => ({
      staffNumber: sheet.staffNumber,
      sheetCode: sheet.sheetCodes[nth] ?? '',
      changingCode: changingCodeAt(sheet.secret, at),
    }),
  }
}
