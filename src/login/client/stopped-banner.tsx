import type { LocalDb } from '#client/local-db.ts'
import { usePage } from '#client/page-context.tsx'
import { useLive } from '#client/use-live.ts'
import { PhoneNewsBanner } from './phone-news-banner.tsx'
import { readPhone } from './phone-store.ts'

/** Over every page, until the phone is paired again: that the office has ended its pairing. The desk says so by itself. */
export function StoppedBanner({ db }: { readonly db: LocalDb }) {
  const { path } = usePage()
  const phone = useLive(db, readPhone, [])
  if (phone?.news?.why !== 'stopped' || /^\/(hall|pair)(\/|$)/.test(path)) return null
  return <PhoneNewsBanner phone={phone} />
}
