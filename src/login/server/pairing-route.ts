import { type Context, Hono } from 'hono'
import { type PairLeaveAnswer, PairLeaveRequest, type PairRefusal, PairRequest } from '#login/domain/pairing.ts'
import type { RateLimits, Try } from '#server/rate-limits.ts'
import { readBody, smallBody } from '#server/read-body.ts'
import { leavePhone, pairDevice, type PairingKit } from './pairings.ts'

const STATUS = {
  unreadable_request: 400,
  device_unknown: 403,
  pairing_code_unknown: 404,
  too_many: 429,
} as const satisfies Record<PairRefusal['code'], number>

/** No digits, no guessing: a link has 128 random bits. */
const UNCOUNTED: Try = { restS: null, giveBack: () => Promise.resolve() }

/** POST /api/pair: makes this device somebody's phone. POST /api/pair/leave: takes it back, when the phone is handed on. */
export function pairingRoute(kit: PairingKit, { tryPairing }: Pick<RateLimits, 'tryPairing'>): Hono {
  return new Hono()
    .post('/api/pair', smallBody, async (c) => {
      const request = await readBody(c, PairRequest)
      if (request === null) return refuse(c, { code: 'unreadable_request' })
      const tried = 'code' in request ? await tryPairing(c) : UNCOUNTED
      if (tried.restS !== null) return refuse(c, { code: 'too_many', restS: tried.restS })
      const paired = await pairDevice(kit, request)
      if (!paired.ok && paired.error.code === 'pairing_code_unknown') return refuse(c, paired.error)
      await tried.giveBack() // right, or not looked at
      return paired.ok ? c.json(paired.value) : refuse(c, paired.error)
    })
    .post('/api/pair/leave', smallBody, async (c) => {
      const request = await readBody(c, PairLeaveRequest)
      if (request === null) return refuse(c, { code: 'unreadable_request' })
      const left = await leavePhone(kit, request)
      if (left === null) return refuse(c, { code: 'device_unknown' })
      return c.json(left satisfies PairLeaveAnswer)
    })
}

function refuse(c: Context, refusal: PairRefusal): Response {
  if (refusal.code === 'too_many') c.header('Retry-After', String(refusal.restS))
  return c.json(refusal, STATUS[refusal.code])
}
