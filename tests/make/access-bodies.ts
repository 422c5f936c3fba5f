import { randomBytes, randomInt } from 'node:crypto'
import { makeFormSheet } from '#pages/server/form-token.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { Asker, Objects, SeededCity } from './access-world.ts'

type Body = (objects: Objects, asker: Asker, city: SeededCity) => object

const random = (bytes: number): string => randomBytes(bytes).toString('base64url')
const nothing: Body = () => ({})
/** An answer of a browser that nobody's key has signed. */
const unsigned = (response: object) => {
  const id = random(32)
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
}
const newPasskey = () => unsigned({ clientDataJSON: random(90), attestationObject: random(200) })

/** What is sent along, for each route that takes something: readable, and about the things that are named. */
export const BODIES: Readonly<Record<string, Body>> = {
  'POST /sessions/:id/enroll': (_, __, { product }) => ({
    ...makeFormSheet(product.kit, 'enroll'),
    name: '新田 三子',
    nameKana: 'にった みつこ',
    phone: `0990${String(randomInt(1_000_000)).padStart(6, '0')}`,
  }),
  'POST /booking': ({ receiptNumber }, _, { own, product }) => ({
    ...makeFormSheet(product.kit, 'booking'),
    receiptNumber,
    phoneLast4: own.phoneLast4, // the digits of whoever asks, whatever number they name
  }),
  'POST /api/sync': ({ deviceId }, { device }) => ({
    protocol: PROTOCOL,
    device: { ...device, id: deviceId, unsentCount: 0 },
    push: [],
    cursors: {},
  }),
  'POST /api/pair': ({ deviceId }, { device }) => ({ device: { ...device, id: deviceId }, token: random(32) }),
  'POST /api/pair/leave': ({ deviceId }, { device }) => ({ device: { ...device, id: deviceId } }),
  'POST /api/sign-in/options': nothing,
  'POST /api/sign-in': () => ({
    answer: unsigned({ clientDataJSON: random(90), authenticatorData: random(37), signature: random(70) }),
  }),
  'POST /api/sign-in/second-way': () => ({
    staffNumber: String(randomInt(100_000, 1_000_000)),
    sheetCode: '00000000',
    changingCode: '000000',
  }),
  'POST /api/sign-out': () => ({ clear: true }),
  'POST /api/join/options': () => ({ token: random(32) }),
  'POST /api/join': () => ({ token: random(32), name: null, answer: newPasskey() }),
  'POST /api/account/logins/end': ({ loginId }) => ({ loginId }),
  'POST /api/account/passkeys/options': nothing,
  'POST /api/account/passkeys': () => ({ answer: newPasskey() }),
  'POST /api/account/passkeys/remove': ({ credentialId }) => ({ credentialId }),
  'POST /api/people/search': () => ({ query: 'の' }),
  'POST /api/office/outbox-file': ({ deviceId }) => ({
    yorozu: 'outbox',
    version: 1,
    deviceId,
    nonce: random(12),
    sealed: random(300), // nobody's secret opens it
  }),
  'POST /api/admin/phones/code': ({ instructorId }) => ({ instructorId, use: 'screen' }),
  'POST /api/admin/phones/end': ({ pairingId }) => ({ pairingId, reason: 'lost' }),
  'POST /api/admin/staff/invite': () => ({ name: '新田 職子', role: 'viewer' }),
  'POST /api/admin/staff/:id/role': () => ({ role: 'viewer', reason: 'duty_changed' }),
  'POST /api/admin/staff/:id/disable': () => ({ reason: 'left' }),
  'POST /api/admin/staff/:id/enable': nothing,
  'POST /api/admin/staff/:id/instructor': ({ instructorId }) => ({ instructorId }),
  'POST /api/admin/staff/:id/second-way': nothing,
  'POST /api/admin/staff/:id/second-way/confirm': () => ({ changingCode: '000000' }),
  'POST /api/admin/staff/:id/second-way/remove': nothing,
  'POST /api/admin/recovery': ({ staffId }) => ({ staffId, reason: 'seen_at_desk' }),
  'POST /api/admin/recovery/:id/approve': nothing,
  'POST /api/admin/recovery/:id/withdraw': nothing,
  'POST /api/admin/audit/check': nothing,
}
