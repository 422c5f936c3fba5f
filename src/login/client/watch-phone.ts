import { isLeftAlone } from '#login/domain/lock-rules.ts'
import { checkPhone } from './lock.ts'
import type { PhoneParts } from './phone-store.ts'

const LOOK_EVERY_MS = 30_000
const TOUCHES = ['pointerdown', 'keydown'] as const

/** Closes the lists of this phone when nobody uses them, and erases them when their time is over, for as long as a page is open. */
export function watchPhone(parts: PhoneParts): void {
  const { db, keyring, now } = parts
  let touchedAt = now()
  let hiddenAt = document.visibilityState === 'hidden' ? now() : null
  let checking: Promise<void> | null = null

  function look(): void {
    if (keyring.state.current === 'unlocked' && isLeftAlone({ touchedAt, hiddenAt }, now())) keyring.setVaultKey(null)
    checking ??= checkPhone(parts)
      .catch(() => {}) // the store is away: said by `db.trouble`, and looked at again soon
      .finally(() => (checking = null))
  }

  setInterval(look, LOOK_EVERY_MS)
  for (const touch of TOUCHES) addEventListener(touch, () => (touchedAt = now()), { capture: true, passive: true })
  document.addEventListener('visibilitychange', () => {
    look() // before anything is seen again
    hiddenAt = document.visibilityState === 'hidden' ? now() : null
  })
  keyring.state.subscribe((state) => {
    if (state === 'unlocked') touchedAt = now()
  })
  db.onChange(({ stores }) => {
    if (stores.includes('meta')) look()
  })
  look()
}
