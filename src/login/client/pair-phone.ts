import type { Observable } from '#client/observable.ts'
import type { Device } from '#client/local-schema.ts'
import type { PairAnswer, PairLeaveAnswer, PairRefusal } from '#login/domain/pairing.ts'
import { eraseLists, type PhoneParts, readPhone } from './phone-store.ts'

/** How long what waits may take to be sent, before a person is told. */
const HAND_IN_MAX_MS = 30_000

/** What changing the person of a phone needs to know of sending. */
export interface PairingParts extends PhoneParts {
  readonly ensureDevice: () => Promise<Device>
  /** Syncs soon. */
  readonly wake: () => void
  readonly status: Observable<{ readonly state: string }>
  /** Runs `work` while nothing is sent or fetched, in no tab of this device. */
  readonly alone: <Value>(work: () => Promise<Value>) => Promise<Value>
}

/** What was read from the organizer: the digits, or the link of the QR code. */
export type PairingProof = { readonly code: string } | { readonly token: string }

export type PairTrouble =
  | { readonly code: 'pairing_code_unknown' | 'offline' | 'fault' }
  | { readonly code: 'too_many'; readonly restS: number }
  /** So many records would be handed in by somebody else. */
  | { readonly code: 'unsent'; readonly count: number }

/** Makes this device somebody's phone, once everything it has to say was sent. Lists of whoever had it before are erased with it. */
export async function pairPhone(parts: PairingParts, proof: PairingProof): Promise<PairAnswer | PairTrouble> {
  const unsent = await handIn(parts)
  if (unsent !== null) return unsent
  const { id, secret } = await parts.ensureDevice()
  return parts.alone(async () => {
    const answer = await post<PairAnswer>('/api/pair', { device: { id, secret }, ...proof })
    if ('name' in answer) {
      const holder = { role: 'volunteer', name: answer.name, paired: true } as const
      parts.keyring.setVaultKey(null)
      await eraseLists(parts.db, { lock: 'off', news: null, holder })
    }
    return answer
  })
}

/** 交代: this device is nobody's phone from now on. Needs the network: what was recorded here is sent first. `null`: it is done. */
export async function leavePhone(parts: PairingParts): Promise<PairTrouble | null> {
  const unsent = await handIn(parts)
  if (unsent !== null) return unsent
  const { id, secret } = await parts.ensureDevice()
  const trouble = await parts.alone(async () => {
    const answer = await post<PairLeaveAnswer>('/api/pair/leave', { device: { id, secret } })
    if (!('ended' in answer)) return answer
    parts.keyring.setVaultKey(null)
    await eraseLists(parts.db, {
      lock: 'off',
      news: null,
      holder: { role: 'resident', name: null, paired: false },
    })
    return null
  })
  parts.wake()
  return trouble
}

/** Sends what waits. `null`: nothing waits any more. What may not be said, or cannot be read, keeps nobody: it stays on the phone. */
async function handIn(parts: PairingParts): Promise<PairTrouble | null> {
  const count = async (): Promise<number> => {
    const { waitingCount, faultCount } = await readPhone(parts.db)
    return waitingCount + faultCount
  }
  if ((await count()) === 0) return null
  await untilSynced(parts)
  const left = await count()
  return left === 0 ? null : { code: 'unsent', count: left }
}

/** Resolves after a burst of round trips, or when it takes too long. */
function untilSynced({ status, wake }: PairingParts): Promise<void> {
  return new Promise((resolve) => {
    let isSending = false
    const stop = status.subscribe(({ state }) => {
      if (state === 'sending') isSending = true
      else if (isSending) end()
    })
    const timer = setTimeout(end, HAND_IN_MAX_MS)
    function end(): void {
      clearTimeout(timer)
      stop()
      resolve()
    }
    wake()
  })
}

const REFUSED = ['pairing_code_unknown'] as const satisfies PairRefusal['code'][]

async function post<Answer extends object>(path: string, body: object): Promise<Answer | PairTrouble> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      redirect: 'error', // a captive portal, never us
    })
    if (response.status === 429) return { code: 'too_many', restS: Number(response.headers.get('Retry-After') ?? 0) }
    const said = (await response.json()) as object
    if (response.ok) return said as Answer
    const code = REFUSED.find((one) => one === Reflect.get(said, 'code'))
    return { code: code ?? 'fault' }
  } catch {
    return { code: 'offline' } // no network, or somebody else answered
  }
}
