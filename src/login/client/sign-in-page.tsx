import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { News } from '#ui/banner.tsx'
import { Button, ButtonRow } from '#ui/button.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { enter, pathAfter } from './enter.ts'
import { EntryTroubleBanner } from './entry-trouble-banner.tsx'
import { type EntryTrouble, signIn } from './passkeys.ts'
import { SecondWayForm } from './second-way-form.tsx'

interface Props {
  readonly db: LocalDb
  readonly wake: () => void
}

/** /sign-in — one button; nobody types who they are. `?to=` names the page to come back to. */
export function SignInPage({ db, wake }: Props) {
  const t = useTranslation('signIn')
  const [trouble, setTrouble] = useState<EntryTrouble | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [isOther, setOther] = useState(false)

  async function go(): Promise<void> {
    setBusy(true)
    setTrouble(null)
    const ended = await signIn()
    if (ended === null) return enter({ db, wake }, pathAfter(location.search))
    setTrouble(ended)
    setBusy(false)
  }

  return (
    <Stack>
      <Heading level={1} lead={t('page.lead')}>
        {t('page.title')}
      </Heading>
      <News>{trouble && <EntryTroubleBanner trouble={trouble} />}</News>
      <ButtonRow>
        <Button wide busyWord={isBusy ? t('page.busy') : undefined} onClick={() => void go()}>
          {t('page.enter')}
        </Button>
      </ButtonRow>
      <Section id="second-way-in" heading={t('secondWay.heading')}>
        {isOther ? (
          <SecondWayForm onSignedIn={() => void enter({ db, wake }, pathAfter(location.search))} />
        ) : (
          <ButtonRow>
            <Button kind="outline" onClick={() => setOther(true)}>
              {t('secondWay.open')}
            </Button>
          </ButtonRow>
        )}
      </Section>
      <Section id="volunteers" heading={t('volunteers.heading')}>
        <p>{t('volunteers.text')}</p>
        <p>
          <a href="/pair">{t('volunteers.link')}</a>
        </p>
      </Section>
      <Section id="first-time" heading={t('firstTime.heading')}>
        <p>{t('firstTime.text')}</p>
      </Section>
    </Stack>
  )
}
