import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { postJson } from '#client/post-json.ts'
import { useOnline } from '#client/use-online.ts'
import type { AccountAnswer } from '#login/domain/account.ts'
import { Banner, News } from '#ui/banner.tsx'
import { Button, ButtonLink } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { AccountLogins } from './account-logins.tsx'
import { AccountPasskeys } from './account-passkeys.tsx'
import { signInPath } from './enter.ts'
import { SignOut } from './sign-out.tsx'

interface Props {
  readonly db: LocalDb
  /** Sends what waits, and tells how much is still on this device. */
  readonly sendAll: () => Promise<number>
}

const HERE = '/admin/account'

/** Something that was done to one's own ways in: what came of it is said on the page. */
export type Act = (path: string, body: object) => Promise<boolean>

/** /admin/account — 自分の入り方: my passkeys, where I am in, and out. */
export function AccountPage({ db, sendAll }: Props) {
  const t = useTranslation('account')
  const online = useOnline<AccountAnswer>('/api/account')
  const [trouble, setTrouble] = useState<string | null>(null)
  const { data, reload } = online

  const act: Act = async (path, body) => {
    const posted = await postJson(path, body)
    setTrouble(posted.ok ? null : posted.code)
    reload()
    return posted.ok
  }

  return (
    <Stack>
      <Heading level={1} lead={data ? t('lead', { name: data.name, role: t(`role.${data.role}`) }) : undefined}>
        {t('title')}
      </Heading>
      <News>{trouble !== null && <Trouble code={trouble} />}</News>
      {data === null && <Missing state={online.state} code={online.code} onRetry={reload} />}
      {data && (
        <>
          <SignOut db={db} sendAll={sendAll} />
          <AccountPasskeys passkeys={data.passkeys} act={act} onTrouble={setTrouble} onAdded={reload} />
          <AccountLogins logins={data.logins} act={act} />
        </>
      )}
    </Stack>
  )
}

const SAID = ['offline', 'last_way_in', 'sign_in_again', 'gave_up', 'already_here', 'no_passkeys'] as const

function Trouble({ code }: { readonly code: string }) {
  const t = useTranslation('account')
  const known = SAID.find((one) => one === code) ?? 'fault'
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t(`trouble.${known}.heading`)}>
      <p>{t(`trouble.${known}.text`)}</p>
      {known === 'sign_in_again' && (
        <ButtonLink size="small" href={signInPath(HERE)}>
          {t('enter')}
        </ButtonLink>
      )}
    </Banner>
  )
}

interface MissingProps {
  readonly state: 'loading' | 'ready' | 'offline' | 'refused' | 'fault'
  readonly code: string | null
  readonly onRetry: () => void
}

function Missing({ state, code, onRetry }: MissingProps) {
  const t = useTranslation('account')
  if (state === 'loading' || state === 'ready') return <p role="status">{t('loading')}</p>
  const why =
    state === 'offline' ? 'offline' : state === 'fault' ? 'fault' : code === 'account_unknown' ? 'demo' : 'out'
  return (
    <Banner kind="info" kindWord={t('kind.notice')} heading={t(`missing.${why}.heading`)}>
      <p>{t(`missing.${why}.text`)}</p>
      {why === 'out' && (
        <ButtonLink size="small" href={signInPath(HERE)}>
          {t('enter')}
        </ButtonLink>
      )}
      {(why === 'offline' || why === 'fault') && (
        <Button kind="outline" size="small" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </Banner>
  )
}
