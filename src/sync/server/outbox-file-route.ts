import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { err, type Result } from '#kernel/result.ts'
import { answerJson } from '#server/answer-json.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { ServerKit } from '#server/kit.ts'
import { createRateLimits, type RateLimits } from '#server/rate-limits.ts'
import { refuseTooMany } from '#server/too-many.ts'
import {
  OUTBOX_FILE_MAX_BYTES,
  type OutboxContent,
  type OutboxFileRefusal,
  type OutboxFileTaken,
} from '#sync/domain/outbox-file.ts'
import { countTries } from './booking-tries.ts'
import { openOutboxFile, readOutboxFile } from './open-outbox-file.ts'
import { type MetPhone, readMetPhone } from './phone-actor.ts'
import { takeOperations } from './take-operations.ts'

const STATUS = {
  file_unreadable: 400,
  file_newer: 409,
  file_too_large: 413,
  file_damaged: 400,
  device_unknown: 409,
} as const satisfies Record<OutboxFileRefusal['code'], number>

/** POST /api/office/outbox-file: what a phone could not send itself, brought as a file. Answers an `OutboxFileTaken`, or an
 *  `OutboxFileRefusal` for the file as a whole. What is taken was said by the phone, never by whoever brings it. */
export function outboxFileRoute(kit: ServerKit, limits: RateLimits = createRateLimits()): Hono {
  const tooLarge = bodyLimit({ maxSize: OUTBOX_FILE_MAX_BYTES, onError: (c) => refuse(c, { code: 'file_too_large' }) })
  return new Hono().post('/api/office/outbox-file', tooLarge, async (c) => {
    const opened = await open(kit, await readJson(c))
    return opened.ok ? take(c, { kit, limits }, opened.value) : refuse(c, opened.error)
  })
}

interface Opened {
  readonly phone: MetPhone
  readonly content: OutboxContent
}

async function open({ database, city }: ServerKit, sent: unknown): Promise<Result<Opened, OutboxFileRefusal>> {
  const file = readOutboxFile(sent)
  if (!file.ok) return file
  const phone = await readMetPhone(database.sql, city, file.value.deviceId)
  if (phone === null) return err({ code: 'device_unknown' })
  const content = openOutboxFile(file.value, phone.secretHash)
  return content.ok ? { ok: true, value: { phone, content: content.value } } : content
}

interface Served {
  readonly kit: ServerKit
  readonly limits: RateLimits
}

async function take(c: Context, { kit, limits }: Served, { phone, content }: Opened): Promise<Response> {
  const { madeAt, operations } = content
  const tries = await countTries(c, limits, operations)
  if ('restS' in tries) return refuseTooMany(c, tries.restS)
  try {
    await noteTaking(c, kit, { phone, count: operations.length }) // before it is done: nothing is taken without its line
    const { rows, outcomes } = await takeOperations(kit, phone.actor, operations)
    await tries.settle(outcomes)
    return answerJson(c, { madeAt, rows } satisfies OutboxFileTaken)
  } catch (error) {
    await tries.settle(null)
    throw error
  }
}

async function noteTaking(
  c: Context,
  { database, city, now, whoIs }: ServerKit,
  { phone, count }: { readonly phone: MetPhone; readonly count: number },
): Promise<void> {
  const line = { at: now(), actor: auditActor(await whoIs(c)), deviceId: null, reason: null, count }
  const object = `device:${phone.actor.deviceId}`
  await appendAudit(database.sql, city, [{ ...line, action: 'outboxFile.taken', object }])
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return null
  }
}

function refuse(c: Context, refusal: OutboxFileRefusal): Response {
  return c.json(refusal, STATUS[refusal.code])
}
