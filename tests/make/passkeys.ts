import type { CDPSession, Page } from 'playwright'

/** A fingerprint reader that a test holds: Chromium's own, behind `navigator.credentials`. */
export interface Authenticator {
  /** Puts the finger on it that belongs to it, or another one. */
  setFinger(isOwners: boolean): Promise<void>
  /** Another machine in its place, with nothing on it; what this one held. */
  swap(): Promise<readonly Credential[]>
  put(credential: Credential): Promise<void>
}

/** What such a reader holds, as Chromium tells it. */
export interface Credential {
  readonly credentialId: string
  readonly isResidentCredential: boolean
  readonly rpId?: string
  readonly privateKey: string
  readonly userHandle?: string
  readonly signCount: number
}

const OPTIONS = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
} as const

export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const add = async () => (await cdp.send('WebAuthn.addVirtualAuthenticator', { options: OPTIONS })).authenticatorId
  let authenticatorId = await add()
  return {
    setFinger: async (isUserVerified) =>
      void (await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })),
    async swap() {
      const held = await credentialsOf(cdp, authenticatorId)
      await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
      authenticatorId = await add()
      return held
    },
    put: async (credential) => void (await cdp.send('WebAuthn.addCredential', { authenticatorId, credential })),
  }
}

async function credentialsOf(cdp: CDPSession, authenticatorId: string): Promise<readonly Credential[]> {
  return (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
}
