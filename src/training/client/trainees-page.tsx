import { useState } from 'preact/hooks'
import { formatDay } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { useDevice } from '#client/page-context.tsx'
import { useOnline } from '#client/use-online.ts'
import { isErased } from '#people/domain/is-erased.ts'
import type { TraineeRow, TraineesAnswer } from '#training/domain/certification.ts'
import { Button } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { type Row, Table } from '#ui/table.tsx'
import { CertifySection } from './certify-section.tsx'
import { OnlineTrouble } from './online-trouble.tsx'
import { traineeName } from './trainee-name.ts'

/** /office/training — who is on the way to becoming an instructor, and who has arrived. */
export function TraineesPage() {
  const t = useTranslation('training')
  const device = useDevice()
  const answer = useOnline<TraineesAnswer>('/api/training/trainees')
  const [chosen, setChosen] = useState<TraineeRow | null>(null)
  const { data } = answer
  return (
    <Stack>
      <Heading level={1} lead={t('lead')}>
        {t('title')}
      </Heading>
      <OnlineTrouble answer={answer} />
      {answer.state === 'loading' && data === null && <p role="status">{t('loading')}</p>}
      {data && data.trainees.length === 0 && <p>{t('empty')}</p>}
      {device && data && chosen && (
        <CertifySection
          key={chosen.learnerId}
          trainee={chosen}
          today={data.today}
          {...device}
          onCertified={answer.reload}
          onClose={() => setChosen(null)}
        />
      )}
      {data && data.trainees.length > 0 && <Trainees trainees={data.trainees} onChoose={setChosen} />}
    </Stack>
  )
}

function personWords(trainee: TraineeRow, t: Translate<'training'>): string {
  const { name, nameKana } = trainee
  if (isErased(trainee)) return t('erased')
  return name === null ? nameKana : t('personWithKana', { name, kana: nameKana })
}

interface TraineesProps {
  readonly trainees: readonly TraineeRow[]
  readonly onChoose: (trainee: TraineeRow) => void
}

function Trainees({ trainees, onChoose }: TraineesProps) {
  const t = useTranslation('training')
  const language = useLanguage()
  const certified = trainees.filter((trainee) => trainee.certification !== null).length
  const rowOf = (trainee: TraineeRow): Row => ({
    key: trainee.learnerId,
    cells: [
      personWords(trainee, t),
      t('times', { count: trainee.enrolledCount }),
      t('times', { count: trainee.attendedCount }),
      trainee.certification ? (
        t('certified', {
          day: formatDay(trainee.certification.certifiedOn, language),
          number: trainee.certification.number,
        })
      ) : isErased(trainee) ? (
        '―'
      ) : (
        <Button
          kind="outline"
          size="small"
          label={t('openFormLabel', { name: traineeName(trainee) })}
          onClick={() => onChoose(trainee)}
        >
          {t('openForm')}
        </Button>
      ),
    ],
  })
  return (
    <Table
      caption={t('caption', { count: trainees.length, certified })}
      columns={[
        { head: t('column.person') },
        { head: t('column.enrolled'), number: true },
        { head: t('column.attended'), number: true },
        { head: t('column.certification') },
      ]}
      rows={trainees.map(rowOf)}
    />
  )
}
