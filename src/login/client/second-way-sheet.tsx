import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { CHANGING_CODE_DIGITS, formatSheetCode, readDigits, type SecondWaySheet } from '#login/domain/second-way.ts'
import type { StaffRow } from '#login/domain/staff.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { DescriptionList } from '#ui/description-list.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { QrCode } from './qr-code.tsx'
import css from './second-way.module.css'
import { FailedBanner } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

interface Props {
  readonly one: StaffRow
  readonly sheet: SecondWaySheet
  readonly onConfirmed: () => void
}

/** The sheet to print, and the secret for the app, which paper never sees: whoever finds the sheet has only half. */
export function SecondWaySheetView({ one, sheet, onConfirmed }: Props) {
  const t = useTranslation('staff')
  return (
    <>
      <Arrival>
        <Heading level={1}>{t('way.sheetTitle', { name: one.name })}</Heading>
      </Arrival>
      <div class={css.screenOnly}>
        <Banner kind="success" kindWord={t('kind.done')} heading={t('way.made')} announce={false} />
      </div>
      <DescriptionList items={[{ term: t('way.number'), detail: sheet.staffNumber, strong: true }]} />
      <p>{t('way.codes')}</p>
      <ol class={css.codes} role="list">
        {sheet.sheetCodes.map((code) => (
          <li key={code} class={css.code}>
            {formatSheetCode(code)}
          </li>
        ))}
      </ol>
      <Button kind="outline" onClick={() => print()}>
        {t('way.print')}
      </Button>
      <div class={css.screenOnly}>
        <Section id="app-heading" heading={t('way.appHeading')}>
          <p>{t('way.appText')}</p>
          <QrCode text={sheet.uri} label={t('way.qr')} />
          <p>{t('way.typed')}</p>
          <p class={css.secret}>{inFours(sheet.secret)}</p>
          <ConfirmForm one={one} onConfirmed={onConfirmed} />
        </Section>
      </div>
    </>
  )
}

/** One number out of the app shows that it holds the right secret; only then does the way work. */
function ConfirmForm({ one, onConfirmed }: Omit<Props, 'sheet'>) {
  const t = useTranslation('staff')
  const [typed, setTyped] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const { state, post } = usePost()

  async function send(): Promise<void> {
    const changingCode = readDigits(typed)
    const isRead = new RegExp(`^\\d{${CHANGING_CODE_DIGITS}}$`).test(changingCode)
    setIsWrong(!isRead)
    if (!isRead) return document.getElementById('changingCode')?.focus()
    const outcome = await post(`/api/admin/staff/${one.staffId}/second-way/confirm`, { changingCode })
    if (outcome.at === 'done') onConfirmed()
  }

  if (state.at === 'done')
    return (
      <Arrival>
        <Banner kind="success" kindWord={t('kind.done')} heading={t('way.confirmed')} announce={false} />
      </Arrival>
    )
  return (
    <>
      <FailedBanner state={state} />
      <Form onSend={() => void send()}>
        <div class={css.digits}>
          <TextField
            name="changingCode"
            label={t('way.confirm')}
            hint={t('way.confirmHint')}
            required
            requirement={t('required')}
            inputMode="numeric"
            autoComplete="one-time-code"
            width="medium"
            value={typed}
            onInput={setTyped}
            error={isWrong ? t('way.confirmEmpty') : undefined}
          />
        </div>
        <Button type="submit" busyWord={state.at === 'busy' ? t('sending') : undefined}>
          {t('way.confirmSend')}
        </Button>
      </Form>
    </>
  )
}

function inFours(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1 ')
}
