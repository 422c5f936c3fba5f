import type { Brand } from './brand.ts'

/** A UUIDv7 as text: sorts by the time it was made, and two phones never make the same one. */
export type Uuid = Brand<string, 'Uuid'>

/** A UUIDv7 (RFC 9562 §5.7) from a clock reading in milliseconds and 10 random bytes. Pure: time and chance are arguments. */
export function uuidv7(epochMs: number, random: Uint8Array): Uuid {
  const time = epochMs.toString(16).padStart(12, '0')
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = ((Number.parseInt(hex.slice(3, 4), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}` as Uuid
}
