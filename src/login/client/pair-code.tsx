import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { PairAnswer } from '#login/domain/pairing.ts'
import { groupDigits, readPairingCode } from '#login/domain/pairing-text.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner, News } from '#ui/banner.tsx'
import { Button, ButtonRow } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { DigitsField } from './digits-field.tsx'
import { pairPhone, type PairingParts, type PairingProof, type PairTrouble } from './pair-phone.ts'

interface Props {
  readonly parts: PairingParts
  /** What the QR code brought; `null` = the digits are typed. */
  readonly token: string | null
  /** The name was another person's, and it was taken back. */
  readonly wasOther: boolean
  readonly onPaired: (answer: PairAnswer) => void
}

/** The first step: eight digits, or one tap after a QR code. What was typed stays until it has worked. */
export function PairCode({ parts, token, wasOther, onPaired }: Props) {
  const t = useTranslation('lock')
  const [isTyping, setTyping] = useState(token === null)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<PairTrouble | null>(null)

  async function pair(proof: PairingProof): Promise<void> {
    if (isBusy) return
    setBusy(true)
    setTrouble(null)
    const answer = await pairPhone(parts, proof)
    setBusy(false)
    if ('name' in answer) return onPaired(answer)
    setTrouble(answer)
    parts.wake() // an answer that was lost on its way is heard of there
  }

  const isOnField = isTyping && trouble?.code === 'pairing_code_unknown'
  return (
    <Stack>
      <Heading level={1} lead={isTyping ? t('pair.lead') : t('pair.linkLead')}>
        {t('pair.title')}
      </Heading>
      <News>{wasOther && trouble === null && <p>{t('name.wasOther')}</p>}</News>
      {trouble && !isOnField && <Trouble trouble={trouble} />}
      {isTyping || token === null ? (
        <Digits isBusy={isBusy} isUnknown={isOnField} onCode={(code) => void pair({ code })} />
      ) : (
        <Link
          isBusy={isBusy}
          isRetry={trouble !== null}
          onPair={() => void pair({ token })}
          onType={() => setTyping(true)}
        />
      )}
    </Stack>
  )
}

interface LinkProps {
  readonly isBusy: boolean
  readonly isRetry: boolean
  readonly onPair: () => void
  readonly onType: () => void
}

/** After a QR code: one tap, or the digits all the same. */
function Link({ isBusy, isRetry, onPair, onType }: LinkProps) {
  const t = useTranslation('lock')
  return (
    <ButtonRow>
      <Button wide busyWord={isBusy ? t('pair.sending') : undefined} onClick={onPair}>
        {isRetry ? t('pair.retry') : t('pair.linkSend')}
      </Button>
      <Button kind="text" onClick={onType}>
        {t('pair.typeInstead')}
      </Button>
    </ButtonRow>
  )
}

interface DigitsProps {
  readonly isBusy: boolean
  readonly isUnknown: boolean
  readonly onCode: (code: string) => void
}

function Digits({ isBusy, isUnknown, onCode }: DigitsProps) {
  const t = useTranslation('lock')
  const [typed, setTyped] = useState('')
  const [hasWrongLength, setWrongLength] = useState(false)

  function send(): void {
    const code = readPairingCode(typed)
    setWrongLength(code === null)
    if (code === null) document.getElementById('code')?.focus()
    else onCode(code)
  }

  const unknown = isUnknown ? t('pair.problem.unknown') : undefined
  return (
    <Form id="pair" onSend={send}>
      <DigitsField
        name="code"
        label={t('pair.code')}
        hint={t('pair.codeHint')}
        autoComplete="one-time-code"
        value={typed}
        onInput={(value) => setTyped((before) => groupDigits(before, value))}
        error={hasWrongLength ? t('pair.problem.digits') : unknown}
      />
      <Button type="submit" busyWord={isBusy ? t('pair.sending') : undefined}>
        {t('pair.send')}
      </Button>
    </Form>
  )
}

function Trouble({ trouble }: { readonly trouble: PairTrouble }) {
  const t = useTranslation('lock')
  return (
    <Arrival>
      <Banner kind="error" kindWord={t('kind.check')} heading={t('pair.trouble.heading')}>
        <p>{usePairTrouble(trouble)}</p>
      </Banner>
    </Arrival>
  )
}

function usePairTrouble(trouble: PairTrouble): string {
  const t = useTranslation('lock')
  if (trouble.code === 'too_many')
    return t('pair.trouble.too_many', { minutes: Math.max(1, Math.ceil(trouble.restS / 60)) })
  if (trouble.code === 'unsent') return t('pair.trouble.unsent', { count: trouble.count })
  return t(`pair.trouble.${trouble.code === 'pairing_code_unknown' ? 'link' : trouble.code}`)
}
