import { useTranslation } from '#client/i18n.ts'
import type { PhonesRefusal } from '#login/domain/pairing-list.ts'
import { Banner } from '#ui/banner.tsx'

type Known = PhonesRefusal['code'] | 'not_permitted' | 'offline' | 'too_many_requests'
const KNOWN: readonly string[] = [
  'unreadable_request',
  'instructor_unknown',
  'pairing_unknown',
  'not_permitted',
  'offline',
  'too_many_requests',
] satisfies readonly Known[]

/** Why something that was pressed did not happen, and what to do. */
export function PhonesProblem({ code }: { readonly code: string }) {
  const t = useTranslation('phones')
  return (
    <Banner kind="error" kindWord={t('kind.check')} heading={t('problem.heading')}>
      <p>{t(`problem.${isKnown(code) ? code : 'fault'}`)}</p>
    </Banner>
  )
}

function isKnown(code: string): code is Known {
  return KNOWN.includes(code)
}
