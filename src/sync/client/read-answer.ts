import type { Outcome, SyncAnswer, SyncRefusal } from '#sync/domain/protocol.ts'

// Read by hand, not by the schema library: these few lines spare every first visit three kilobytes of it.
type Plain = Readonly<Record<string, unknown>>

const isText = (value: unknown): value is string => typeof value === 'string'
const isVersion = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
const isCoded = (value: unknown): boolean => isPlain(value) && isText(value['code'])
const isMissing = (value: unknown): boolean => value === undefined || value === null
const areAll = (value: unknown, is: (one: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.every(is)

const OUTCOMES: Readonly<Record<Outcome['status'], (outcome: Plain) => boolean>> = {
  accepted: ({ concern }) => isMissing(concern) || isCoded(concern),
  refused: ({ refusal }) => isCoded(refusal),
  held: ({ reason }) => isText(reason),
}

/** Reads what came back; `null` when it is not a whole answer of ours. Values, refusals and bodies are the server's word:
 *  a newer server may know kinds and codes that this page does not, and they are kept for the page that will. */
export function readAnswer(body: unknown): SyncAnswer | null {
  if (!isPlain(body)) return null
  const { outcomes, changes, cursors, more } = body
  const isWhole = areAll(outcomes, isOutcome) && areAll(changes, isChange) && areCursors(cursors)
  return isWhole && typeof more === 'boolean' && isPlain(body['holder']) ? (body as unknown as SyncAnswer) : null
}

function isOutcome(value: unknown): boolean {
  if (!isPlain(value) || !isText(value['id'])) return false
  const { status } = value
  return isText(status) && Object.hasOwn(OUTCOMES, status) && OUTCOMES[status as Outcome['status']](value)
}

function isChange(value: unknown): boolean {
  if (!isPlain(value)) return false
  const { bucket, kind, id, version, body } = value
  return [bucket, kind, id].every(isText) && isVersion(version) && (body === null || isPlain(body))
}

function areCursors(value: unknown): boolean {
  return isPlain(value) && Object.values(value).every(isVersion)
}

const REFUSALS = ['unreadable_request', 'device_unknown', 'protocol_too_new'] as const satisfies SyncRefusal['code'][]

/** Reads why the server would not talk to us; `null` when it was somebody else who answered, such as a hotel's Wi-Fi. */
export function readRefusal(body: unknown): SyncRefusal['code'] | null {
  return isPlain(body) ? (REFUSALS.find((code) => code === body['code']) ?? null) : null
}
