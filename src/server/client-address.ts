import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Where a request comes from, as something to count by; `null` when nobody can tell (a request made inside the process). */
export type AddressOf = (c: Context) => string | null

/** Reads the address of whoever asks. `X-Forwarded-For` is believed only as far as our own proxies have written it: each of them adds
 *  one entry at the end, and everything before those is what the sender likes it to be. */
export function createAddressOf(trustedProxies: number): AddressOf {
  return (c) => {
    const socket = remoteAddress(c)
    if (trustedProxies === 0) return socket && countedAs(socket)
    const entries = (c.req.header('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
    const named = entries.at(-trustedProxies) ?? ''
    return isIP(named) === 0 ? socket && countedAs(socket) : countedAs(named)
  }
}

function remoteAddress(c: Context): string | null {
  const env: unknown = c.env
  const isOverNetwork = typeof env === 'object' && env !== null && 'incoming' in env
  return isOverNetwork ? (getConnInfo(c).remote.address ?? null) : null
}

/** One household has one IPv4 address, but 2^64 of IPv6: those count as one. */
export function countedAs(address: string): string {
  const plain = address.split('%')[0] ?? ''
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (isIP(plain) !== 6) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${groups.join(':')}::/64`
}
