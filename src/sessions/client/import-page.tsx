import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import type { ImportRow } from '#sessions/domain/event-csv.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { ImportPreview } from './import-preview.tsx'
import { ImportResult } from './import-result.tsx'
import { type ImportFileProblem, readImportFile } from './read-import-file.ts'
import { useImportWords } from './use-import-words.ts'
import { useOffice } from './office-store.ts'
import { OrganizersOnly } from './organizers-only.tsx'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
}

type Step =
  | { readonly at: 'choose' | 'reading' }
  | { readonly at: 'problem'; readonly problem: ImportFileProblem }
  | { readonly at: 'preview'; readonly name: string; readonly rows: readonly ImportRow[] }
  | { readonly at: 'done'; readonly sessionIds: readonly string[] }

/** /office/import — a city's event file becomes drafts: seen first, chosen row by row, nothing guessed. */
export function ImportPage({ db, recorder }: Props) {
  const t = useTranslation('office')
  const office = useOffice(db)
  const [step, setStep] = useState<Step>({ at: 'choose' })

  async function read(file: File): Promise<void> {
    setStep({ at: 'reading' })
    const result = await readImportFile(file)
    setStep(
      result.ok ? { at: 'preview', name: file.name, rows: result.value } : { at: 'problem', problem: result.error },
    )
  }

  return (
    <Stack>
      <Heading level={1} lead={t('import.lead')}>
        {t('import.title')}
      </Heading>
      {step.at !== 'done' && (
        <OrganizersOnly>
          <FileField onFile={(file) => void read(file)} />
        </OrganizersOnly>
      )}
      <div role="status">{step.at === 'reading' && <p>{t('import.reading')}</p>}</div>
      {step.at === 'problem' && <FileProblem problem={step.problem} />}
      {step.at === 'preview' && office && (
        <Arrival key={step.name}>
          <Section id="preview" heading={t('import.preview', { name: step.name })}>
            <ImportPreview
              rows={step.rows}
              office={office}
              recorder={recorder}
              onImported={(sessionIds) => setStep({ at: 'done', sessionIds })}
            />
          </Section>
        </Arrival>
      )}
      {step.at === 'done' && office && (
        <ImportResult
          db={db}
          office={office}
          sessionIds={step.sessionIds}
          onAnother={() => setStep({ at: 'choose' })}
        />
      )}
      <ButtonLink kind="text" href="/office">
        {t('back')}
      </ButtonLink>
    </Stack>
  )
}

function FileField({ onFile }: { readonly onFile: (file: File) => void }) {
  const t = useTranslation('office')
  return (
    <div
      onChange={(event) => {
        const { target } = event
        if (!(target instanceof HTMLInputElement)) return
        const [file] = target.files ?? []
        if (file !== undefined) onFile(file)
        target.value = '' // so that the same file, put right, can be chosen again
      }}
    >
      <TextField
        name="file"
        type="file"
        accept=".csv,text/csv"
        label={t('import.choose')}
        hint={t('import.chooseHint')}
      />
    </div>
  )
}

function FileProblem({ problem }: { readonly problem: ImportFileProblem }) {
  const t = useTranslation('office')
  const words = useImportWords()
  return (
    <Arrival>
      <Banner kind="error" kindWord={t('kindWord.check')} heading={t('import.cannotRead')}>
        <p>{words.ofFile(problem)}</p>
      </Banner>
    </Arrival>
  )
}
