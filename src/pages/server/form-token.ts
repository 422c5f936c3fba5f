import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { uuid } from '#kernel/schema.ts'
import { type LocalDate, localDateOf, plusDays } from '#kernel/time.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import type { FormSheet } from '#pages/domain/page.ts'
import type { ServerKit } from '#server/kit.ts'

/** Which form a sheet belongs to: the token of one is none for the other. */
export type FormPurpose = 'booking' | 'enroll'
type FormKit = Pick<ServerKit, 'now' | 'keyFor'>

const TOKEN_BYTES = 32
const Sent = v.looseObject({ formId: uuid, formToken: v.string() })

/** A fresh sheet of a form that works without JavaScript: its name, and the proof that this server gave it out today. */
export function makeFormSheet(kit: FormKit, purpose: FormPurpose): FormSheet {
  const formId = newFormId(kit)
  return { formId, formToken: tokenOf(kit, { purpose, formId, day: localDateOf(kit.now()) }).toString('base64url') }
}

/** The sheet's name, when this server gave it out today or yesterday for this form; else `null`, and nothing may be done with it. */
export function readFormSheet(kit: FormKit, purpose: FormPurpose, sent: unknown): Uuid | null {
  const read = v.safeParse(Sent, sent)
  if (!read.success) return null
  const { formId, formToken } = read.output
  const given = Buffer.from(formToken, 'base64url')
  if (given.length !== TOKEN_BYTES) return null
  const today = localDateOf(kit.now())
  const fits = [today, plusDays(today, -1)].map((day) => timingSafeEqual(tokenOf(kit, { purpose, formId, day }), given))
  return fits.includes(true) ? formId : null
}

function tokenOf({ keyFor }: FormKit, { purpose, formId, day }: Stamp): Buffer {
  return createHmac('sha256', keyFor('form')).update(`${purpose}\n${formId}\n${day}`).digest()
}

interface Stamp {
  readonly purpose: FormPurpose
  readonly formId: string
  readonly day: LocalDate
}

/** A fresh name for a sheet. */
function newFormId({ now }: FormKit): Uuid {
  return uuidv7(Date.parse(now()), randomBytes(10))
}
