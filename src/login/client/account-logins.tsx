import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { AccountLogin } from '#login/domain/account.ts'
import { Button, ButtonRow } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'
import { type Row, Table } from '#ui/table.tsx'
import type { Act } from './account-page.tsx'

/** Where somebody is in right now, and how to end that from here. */
export function AccountLogins({ logins, act }: { readonly logins: readonly AccountLogin[]; readonly act: Act }) {
  const t = useTranslation('account')
  const language = useLanguage()
  const nameOf = ({ browser }: AccountLogin): string => (browser === '' ? t('logins.unnamed') : browser)
  const end = (loginId: string | null) => void act('/api/account/logins/end', { loginId })
  const rowOf = (login: AccountLogin): Row => ({
    key: login.loginId,
    cells: [
      nameOf(login),
      formatInstant(login.openedAt, language),
      formatInstant(login.lastSeenAt ?? login.openedAt, language),
      login.isThis ? (
        t('logins.this')
      ) : (
        <Button
          kind="outline"
          size="small"
          label={t('logins.endLabel', { name: nameOf(login) })}
          onClick={() => end(login.loginId)}
        >
          {t('logins.end')}
        </Button>
      ),
    ],
  })
  return (
    <Section id="logins" heading={t('logins.heading')}>
      <p>{t('logins.text')}</p>
      <Table
        caption={t('logins.caption', { count: logins.length })}
        columns={[
          { head: t('logins.column.browser') },
          { head: t('logins.column.opened') },
          { head: t('logins.column.seen') },
          { head: t('logins.column.change') },
        ]}
        rows={logins.map(rowOf)}
      />
      {logins.length > 1 && (
        <ButtonRow>
          <Button kind="outline" onClick={() => end(null)}>
            {t('logins.endOthers')}
          </Button>
        </ButtonRow>
      )}
    </Section>
  )
}
