import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { type Posted, postJson } from '#client/post-json.ts'

/** Why it did not work, as far as a person can do something about it. The server's own codes come through as they are. */
export type EntryTrouble =
  /** This browser has no passkeys, or the page was opened where there are none. */
  | 'no_passkeys'
  /** Nobody put a finger on it in time, or they stepped back. */
  | 'gave_up'
  /** There is one on this machine already. */
  | 'already_here'
  | 'offline'
  | 'too_many_requests'
  | 'fault'
  | 'sign_in_refused'
  | 'invitation_unknown'
  | 'passkey_refused'
  | 'name_missing'
  | 'sign_in_again'

/** Signs in with whatever passkey the browser offers. `null` = in. */
export async function signIn(): Promise<EntryTrouble | null> {
  if (!browserSupportsWebAuthn()) return 'no_passkeys'
  const asked = await postJson<{ options: PublicKeyCredentialRequestOptionsJSON }>('/api/sign-in/options', {})
  if (!asked.ok) return troubleOf(asked)
  try {
    const answer = await startAuthentication({ optionsJSON: asked.answer.options })
    return troubleOf(await postJson('/api/sign-in', { answer }))
  } catch (error) {
    return troubleIn(error)
  }
}

interface NewPasskey {
  /** Where the question for it was asked. */
  readonly options: PublicKeyCredentialCreationOptionsJSON
  readonly sendTo: string
  /** What goes along with the answer. */
  readonly along: object
}

/** Has the browser make a passkey and sends it. `null` = the server has taken it. */
export async function sendNewPasskey({ options, sendTo, along }: NewPasskey): Promise<EntryTrouble | null> {
  if (!browserSupportsWebAuthn()) return 'no_passkeys'
  try {
    const answer = await startRegistration({ optionsJSON: options })
    return troubleOf(await postJson(sendTo, { ...along, answer }))
  } catch (error) {
    return troubleIn(error)
  }
}

const KNOWN: readonly EntryTrouble[] = [
  'offline',
  'too_many_requests',
  'sign_in_refused',
  'invitation_unknown',
  'passkey_refused',
  'name_missing',
  'sign_in_again',
]

/** What the server answered, as trouble; `null` when it was a yes. */
export function troubleOf(posted: Posted<unknown>): EntryTrouble | null {
  if (posted.ok) return null
  return KNOWN.find((code) => code === posted.code) ?? 'fault'
}

function troubleIn(error: unknown): EntryTrouble {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return 'gave_up'
  if (name === 'InvalidStateError') return 'already_here'
  return name === 'SecurityError' || name === 'NotSupportedError' ? 'no_passkeys' : 'fault'
}
