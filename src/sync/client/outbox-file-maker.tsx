import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { usePage } from '#client/page-context.tsx'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'
import { type MadeFile, makeOutboxFile, type MakeFileRefusal } from './make-outbox-file.ts'
import { saveFile } from './save-file.ts'
import { browserSurroundings } from './surroundings.ts'

interface Props {
  readonly db: LocalDb
  /** There is something to put into a file; what was said of the last one stays either way. */
  readonly hasUnsent: boolean
}

type End =
  | { readonly made: Pick<MadeFile, 'name' | 'count'> }
  | { readonly trouble: MakeFileRefusal['code'] | 'storage' }

/** The last way out for what a phone cannot send: a file for the office. */
export function OutboxFileMaker({ db, hasUnsent }: Props) {
  const t = useTranslation('outboxFile')
  const { phone } = usePage().city
  const [isBusy, setBusy] = useState(false)
  const [end, setEnd] = useState<End | null>(null)
  if (!hasUnsent && end === null) return null

  async function make(): Promise<void> {
    setBusy(true)
    setEnd(null)
    setEnd(await makeAndSave(db))
    setBusy(false)
  }

  return (
    <Section id="outbox-file" heading={t('make.heading')}>
      <p>{t('make.text')}</p>
      <p>{t('make.call', { phone })}</p>
      {end && <Ended end={end} />}
      <Button kind="outline" busyWord={isBusy ? t('make.busy') : undefined} onClick={() => void make()}>
        {t('make.button')}
      </Button>
    </Section>
  )
}

async function makeAndSave(db: LocalDb): Promise<End> {
  try {
    const made = await makeOutboxFile(db, browserSurroundings)
    if (!made.ok) return { trouble: made.error.code }
    saveFile(made.value)
    return { made: made.value }
  } catch {
    return { trouble: 'storage' }
  }
}

function Ended({ end }: { readonly end: End }) {
  const t = useTranslation('outboxFile')
  if ('trouble' in end)
    return (
      <Arrival>
        <Banner kind="warning" kindWord={t('kind.check')} heading={t('makeTrouble.heading')}>
          <p>{t(`makeTrouble.${end.trouble}`)}</p>
        </Banner>
      </Arrival>
    )
  const { count, name } = end.made
  return (
    <Arrival>
      <Banner kind="success" kindWord={t('kind.done')} heading={t('make.done', { count })}>
        <p>{t('make.doneText', { name })}</p>
        <p>{t('make.doneStays')}</p>
      </Banner>
    </Arrival>
  )
}
