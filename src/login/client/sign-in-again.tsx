import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { usePage } from '#client/page-context.tsx'
import { readHolder } from '#client/role-on-device.ts'
import { useLive } from '#client/use-live.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { signInPath } from './enter.ts'

/** Over the pages of the office, once the server no longer knows who holds this browser: the page stays as it is, with all that was typed. */
export function SignInAgain({ db }: { readonly db: LocalDb }) {
  const t = useTranslation('signIn')
  const { path } = usePage()
  const holder = useLive(db, readHolder, [])
  if (holder?.role !== 'resident' || !/^\/(office|admin)(\/|$)/.test(path)) return null
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('again.heading')}>
      <p>{t('again.text')}</p>
      <ButtonLink size="small" href={signInPath(path)}>
        {t('again.link')}
      </ButtonLink>
    </Banner>
  )
}
