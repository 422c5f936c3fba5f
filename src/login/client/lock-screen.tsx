import { useEffect, useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import { readPin } from '#login/domain/pin.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { DigitsField } from './digits-field.tsx'
import { type OpenEnd, readRest, unlock } from './lock.ts'
import { PhoneNewsBanner } from './phone-news-banner.tsx'
import type { PhoneParts, PhoneState } from './phone-store.ts'

const MINUTE_MS = 60_000

/** What stands before the lists: whose phone it is, and one field. Nothing of a list is on the page. */
export function LockScreen({ parts, phone }: { readonly parts: PhoneParts; readonly phone: PhoneState }) {
  const t = useTranslation('lock')
  const { waitingCount, holder } = phone
  return (
    <Stack>
      <Heading level={1} lead={t('locked.lead')}>
        {holder?.name ? t('locked.title', { name: holder.name }) : t('locked.unnamed')}
      </Heading>
      <PhoneNewsBanner phone={phone} />
      <PinForm parts={parts} />
      {waitingCount > 0 && <p>{t('locked.waiting', { count: waitingCount })}</p>}
      <Section id="forgotten" heading={t('locked.forgotten')}>
        <p>{t('locked.forgottenText')}</p>
        <p>
          <a href="/pair">{t('locked.forgottenLink')}</a>
        </p>
      </Section>
    </Stack>
  )
}

function PinForm({ parts }: { readonly parts: PhoneParts }) {
  const t = useTranslation('lock')
  const [typed, setTyped] = useState('')
  const [isShown, setShown] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [restMin, setRestMin] = useRest(parts)

  async function send(): Promise<void> {
    const pin = readPin(typed)
    if (!pin.ok) return fail(t(`problem.${pin.error.code}`))
    setBusy(true)
    const end = await unlock(parts, pin.value).catch(() => null)
    setBusy(false)
    show(end)
  }

  function show(end: OpenEnd | null): void {
    if (end === null) return fail(t('problem.storage'))
    setRestMin(end.kind === 'resting' ? end.restMin : 0)
    if (end.kind === 'opened') return
    setTyped('') // six dots say nothing about which of them was wrong
    fail(end.kind === 'wrong' ? t('locked.wrong', { count: end.triesLeft }) : undefined)
  }

  function fail(words: string | undefined): void {
    setProblem(words)
    if (words !== undefined) document.getElementById('pin')?.focus()
  }

  return (
    <>
      {restMin > 0 && (
        <Arrival key={restMin}>
          <Banner kind="warning" kindWord={t('kind.check')} heading={t('locked.resting')}>
            <p>{t('locked.restText', { minutes: restMin })}</p>
          </Banner>
        </Arrival>
      )}
      <Form id="unlock" onSend={() => void send()}>
        <DigitsField
          name="pin"
          label={t('locked.pin')}
          isHidden={!isShown}
          value={typed}
          onInput={setTyped}
          error={problem}
        />
        <Button kind="text" size="small" pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? t('locked.hide') : t('locked.show')}
        </Button>
        <Button type="submit" wide busyWord={isBusy ? t('locked.opening') : undefined}>
          {t('locked.open')}
        </Button>
      </Form>
    </>
  )
}

/** Minutes of the pause, as they pass. */
function useRest(parts: PhoneParts): [number, (minutes: number) => void] {
  const [restMin, setRestMin] = useState(0)
  const { now } = usePage() // goes on every minute, and when the page is seen again
  useEffect(() => {
    const look = (): void => void readRest(parts).then(setRestMin, () => {})
    look()
    const timer = setInterval(look, MINUTE_MS / 4)
    return () => clearInterval(timer)
  }, [parts, now])
  return [restMin, setRestMin]
}
