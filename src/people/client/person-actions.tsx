import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { Device } from '#client/page-context.tsx'
import type { Dossier, ErasurePreview } from '#people/domain/dossier.ts'
import type { PersonReason } from '#people/domain/person-change.ts'
import { Button, ButtonRow } from '#ui/button.tsx'
import { ChangeNews } from './change-news.tsx'
import { CorrectForm } from './correct-form.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { type PersonChange, usePersonChange } from './use-person-change.ts'

interface Props extends Device {
  readonly dossier: Dossier
  readonly onChanged: () => void
}

/** 訂正・利用停止・消去: what may be done at somebody's word. Only a 管理者 erases. */
export function PersonActions({ dossier, onChanged, db, recorder }: Props) {
  const t = useTranslation('people')
  const { person, erasure } = dossier
  const { learnerId } = person
  const [open, setOpen] = useState<PersonChange | null>(null)
  const { state, say } = usePersonChange({ db, recorder }, onChanged)
  const close = () => setOpen(null)
  const toggle = person.stoppedAt === null ? 'stop' : 'resume'
  const changes: readonly PersonChange[] = [
    ...(open === 'correct' ? [] : (['correct'] as const)),
    toggle,
    ...(erasure === null ? [] : (['erase'] as const)),
  ]

  async function erase(reason: PersonReason): Promise<void> {
    // The seats first, so that those who wait get them.
    for (const { enrollmentId, upcoming } of dossier.enrollments)
      if (upcoming) await recorder.record('enrollment.cancel', { enrollmentId })
    await say('erase', { learnerId, reason })
  }

  return (
    <>
      <ChangeNews state={state} />
      {person.erasedAt === null && (
        <>
          {open === 'correct' && (
            <CorrectForm
              person={person}
              onSend={(corrected, reason) => {
                close()
                void say('correct', { learnerId, ...corrected, reason })
              }}
              onClose={close}
            />
          )}
          <ButtonRow>
            {changes.map((change) => (
              <Button key={change} kind="outline" onClick={() => setOpen(change)}>
                {t(`${change}.open`)}
              </Button>
            ))}
          </ButtonRow>
          <ReasonDialog
            id="stop"
            open={open === toggle}
            heading={t(`${toggle}.heading`)}
            confirmWord={t(`${toggle}.confirm`)}
            onConfirm={(reason) => void say(toggle, { learnerId, reason })}
            onClose={close}
          >
            <p>{t(`${toggle}.text`)}</p>
          </ReasonDialog>
          <ReasonDialog
            id="erase"
            open={open === 'erase'}
            heading={t('erase.heading')}
            confirmWord={t('erase.confirm')}
            onConfirm={(reason) => void erase(reason)}
            onClose={close}
          >
            {erasure && <Preview erasure={erasure} dossier={dossier} />}
          </ReasonDialog>
        </>
      )}
    </>
  )
}

/** 消去の下見. */
function Preview({ erasure, dossier }: { readonly erasure: ErasurePreview; readonly dossier: Dossier }) {
  const t = useTranslation('people')
  const upcoming = dossier.enrollments.filter((one) => one.upcoming).length
  return (
    <>
      <p>{t('erase.undo')}</p>
      <p>{t('erase.goes', { records: erasure.recordCount, operations: erasure.operationCount })}</p>
      <p>
        {t('erase.stays', {
          enrollments: erasure.enrollmentCount,
          attendances: erasure.attendanceCount,
          certifications: erasure.certificationCount,
        })}
      </p>
      {upcoming > 0 && <p>{t('erase.cancels', { count: upcoming })}</p>}
    </>
  )
}
