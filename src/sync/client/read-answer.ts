import * as v from 'valibot'
import type { SyncAnswer, SyncRefusal } from '#sync/domain/protocol.ts'

const version = v.pipe(v.number(), v.integer(), v.minValue(0))
const coded = v.looseObject({ code: v.string() })

/** The shape of an answer. Values, refusals and bodies are the server's word: a newer server may know kinds and codes that
 *  this page does not, and they are kept for the page that will. */
const Answer = v.object({
  outcomes: v.array(
    v.variant('status', [
      v.object({
        id: v.string(),
        status: v.literal('accepted'),
        value: v.nullish(v.unknown(), null),
        concern: v.nullish(coded, null),
      }),
      v.object({ id: v.string(), status: v.literal('refused'), refusal: coded }),
      v.object({ id: v.string(), status: v.literal('held'), reason: v.string() }),
    ]),
  ),
  changes: v.array(
    v.object({
      bucket: v.string(),
      kind: v.string(),
      id: v.string(),
      version,
      body: v.nullable(v.looseObject({})),
    }),
  ),
  cursors: v.record(v.string(), version),
  more: v.boolean(),
})

/** Reads what came back; `null` when it is not a whole answer of ours. */
export function readAnswer(body: unknown): SyncAnswer | null {
  const { success, output } = v.safeParse(Answer, body)
  return success ? (output as unknown as SyncAnswer) : null
}

const REFUSALS = ['unreadable_request', 'device_unknown', 'protocol_too_new'] as const satisfies SyncRefusal['code'][]
const Refusal = v.object({ code: v.picklist(REFUSALS) })

/** Reads why the server would not talk to us; `null` when it was somebody else who answered, such as a hotel's Wi-Fi. */
export function readRefusal(body: unknown): SyncRefusal['code'] | null {
  const { success, output } = v.safeParse(Refusal, body)
  return success ? output.code : null
}
