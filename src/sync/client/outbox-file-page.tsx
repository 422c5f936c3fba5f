import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { useOnlyLooks } from '#client/only-looks.ts'
import { OUTBOX_FILE_ENDING, type OutboxFileTaken } from '#sync/domain/outbox-file.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { bringOutboxFile } from './bring-outbox-file.ts'
import { OutboxFileResult } from './outbox-file-result.tsx'

const TROUBLES = [
  'file_unreadable',
  'file_newer',
  'file_too_large',
  'file_damaged',
  'device_unknown',
  'not_permitted',
  'too_many_requests',
  'offline',
  'fault',
] as const
type Trouble = (typeof TROUBLES)[number]

type Step =
  | { readonly at: 'choose' | 'reading' }
  | { readonly at: 'trouble'; readonly trouble: Trouble }
  | { readonly at: 'done'; readonly taken: OutboxFileTaken }

/** /office/devices/file — 電話の記録を取り込む: what a phone could not send, brought as a file. */
export function OutboxFilePage() {
  const t = useTranslation('outboxFile')
  const onlyLooks = useOnlyLooks()
  const [step, setStep] = useState<Step>({ at: 'choose' })

  async function bring(file: File): Promise<void> {
    setStep({ at: 'reading' })
    const brought = await bringOutboxFile(file)
    setStep(brought.ok ? { at: 'done', taken: brought.answer } : { at: 'trouble', trouble: troubleOf(brought.code) })
  }

  return (
    <Stack>
      <Heading level={1} lead={t('take.lead')}>
        {t('take.title')}
      </Heading>
      {onlyLooks ? <Troubled trouble="not_permitted" /> : <FileField onFile={(file) => void bring(file)} />}
      <div role="status">{step.at === 'reading' && <p>{t('take.reading')}</p>}</div>
      {step.at === 'trouble' && (
        <Arrival>
          <Troubled trouble={step.trouble} />
        </Arrival>
      )}
      {step.at === 'done' && (
        <Arrival>
          <OutboxFileResult taken={step.taken} />
        </Arrival>
      )}
      <ButtonLink kind="text" href="/office/devices">
        {t('take.back')}
      </ButtonLink>
    </Stack>
  )
}

function troubleOf(code: string): Trouble {
  return TROUBLES.find((trouble) => trouble === code) ?? 'fault'
}

function FileField({ onFile }: { readonly onFile: (file: File) => void }) {
  const t = useTranslation('outboxFile')
  return (
    <div
      onChange={(event) => {
        const { target } = event
        if (!(target instanceof HTMLInputElement)) return
        const [file] = target.files ?? []
        if (file !== undefined) onFile(file)
        target.value = '' // so that the same file can be chosen again
      }}
    >
      <TextField
        name="file"
        type="file"
        accept={OUTBOX_FILE_ENDING}
        label={t('take.choose')}
        hint={t('take.chooseHint')}
      />
    </div>
  )
}

function Troubled({ trouble }: { readonly trouble: Trouble }) {
  const t = useTranslation('outboxFile')
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('trouble.heading')}>
      <p>{t(`trouble.${trouble}`)}</p>
    </Banner>
  )
}
