import { createHash } from 'node:crypto'
import type { Uuid } from '#kernel/uuid.ts'

/** A UUIDv8 (RFC 9562 §5.8) that is the same for the same words. Nobody can tell them from it: among them is the sheet's own random id. */
export function idOf(said: readonly string[]): Uuid {
  const hex = createHash('sha256').update(JSON.stringify(said)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}` as Uuid
}
