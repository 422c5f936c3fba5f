import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { choosePin, digitsOf, type PinProblem } from '#login/domain/pin.ts'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { Form } from '#ui/form.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { DigitsField } from './digits-field.tsx'
import { putOnLock } from './lock.ts'
import type { PhoneParts } from './phone-store.ts'

interface Props {
  readonly parts: PhoneParts
  /** The lock is on, and open. */
  readonly onDone: () => void
}

type Code = PinProblem['code'] | 'different' | 'storage'
type Problems = readonly { readonly fieldId: 'pin' | 'pinAgain'; readonly code: Code }[]

/** The last step: six digits, twice. They are seen while one chooses them. */
export function ChoosePin({ parts, onDone }: Props) {
  const t = useTranslation('lock')
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [problems, setProblems] = useState<Problems>([])
  const [isBusy, setBusy] = useState(false)
  const words = problems.map(({ fieldId, code }) => ({ fieldId, text: t(`problem.${code}`) }))
  const errorOf = (field: string): string | undefined => words.find(({ fieldId }) => fieldId === field)?.text

  async function send(): Promise<void> {
    const chosen = choosePin(pin)
    const found = problemsOf(chosen.ok ? null : chosen.error.code, digitsOf(pin) === digitsOf(again))
    setProblems(found)
    if (!chosen.ok || found.length > 0) return
    setBusy(true)
    try {
      await putOnLock(parts, chosen.value)
      onDone()
    } catch {
      setProblems([{ fieldId: 'pin', code: 'storage' }])
    }
    setBusy(false)
  }

  return (
    <Stack>
      <Heading level={1} lead={t('choose.lead')}>
        {t('choose.title')}
      </Heading>
      <ErrorSummary
        kindWord={t('kind.check')}
        heading={t('problemHeading', { count: words.length })}
        problems={words}
      />
      <Form id="choose-pin" onSend={() => void send()}>
        <DigitsField name="pin" label={t('choose.first')} value={pin} onInput={setPin} error={errorOf('pin')} />
        <DigitsField
          name="pinAgain"
          label={t('choose.second')}
          value={again}
          onInput={setAgain}
          error={errorOf('pinAgain')}
        />
        <Button type="submit" busyWord={isBusy ? t('choose.saving') : undefined}>
          {t('choose.send')}
        </Button>
      </Form>
    </Stack>
  )
}

function problemsOf(code: Code | null, isSame: boolean): Problems {
  if (code !== null) return [{ fieldId: 'pin', code }]
  return isSame ? [] : [{ fieldId: 'pinAgain', code: 'different' }]
}
