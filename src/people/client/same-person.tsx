import { useState } from 'preact/hooks'
import { formatDay } from '#client/format-date.ts'
import { focusHeading } from '#client/focus-heading.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { Device } from '#client/page-context.tsx'
import { localDateOf } from '#kernel/time.ts'
import type { Dossier, DossierMerge } from '#people/domain/dossier.ts'
import { formatPhone } from '#people/domain/person-text.ts'
import type { MergeId } from '#people/domain/same-person.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { Section } from '#ui/heading.tsx'
import { Table } from '#ui/table.tsx'
import { ChangeNews } from './change-news.tsx'
import { ChooseSamePerson } from './choose-same-person.tsx'
import { nameWords } from './name-words.ts'
import { usePersonChange } from './use-person-change.ts'

interface Props extends Device {
  readonly dossier: Dossier
  readonly onChanged: () => void
}

/** 名寄せ: the other records of the same person, one more of them, and the way back. */
export function SamePerson({ dossier, onChanged, db, recorder }: Props) {
  const t = useTranslation('people')
  const { person, halves, merges } = dossier
  const { learnerId } = person
  const [isOpen, setIsOpen] = useState(false)
  const [parting, setParting] = useState<DossierMerge | null>(null)
  const { state, say } = usePersonChange({ db, recorder }, () => {
    onChanged()
    focusHeading('same') // the row or the form it was asked in is gone
  })

  function close(): void {
    setIsOpen(false)
    focusHeading('same')
  }

  return (
    <Section id="same" heading={t('same.heading')}>
      <ChangeNews state={state} />
      {halves.length === 0 ? <p>{t('same.none')}</p> : <Halves dossier={dossier} />}
      {merges.length > 0 && <Merges dossier={dossier} onPart={setParting} />}
      {isOpen ? (
        <Arrival>
          <ChooseSamePerson
            dossier={dossier}
            onChosen={(other) => {
              close()
              const mergeId = recorder.newId() as MergeId
              void say('merge', { mergeId, learnerId: other, intoLearnerId: learnerId })
            }}
            onClose={close}
          />
        </Arrival>
      ) : (
        person.erasedAt === null && (
          <Button kind="outline" onClick={() => setIsOpen(true)}>
            {t('same.open')}
          </Button>
        )
      )}
      <ConfirmDialog
        id="separate"
        open={parting !== null}
        heading={t('same.separate.heading')}
        confirmWord={t('same.separate.confirm')}
        cancelWord={t('stop.back')}
        onConfirm={() => {
          if (parting !== null) void say('separate', { mergeIds: [...parting.mergeIds] })
          setParting(null)
        }}
        onCancel={() => setParting(null)}
      >
        <p>{t('same.separate.text')}</p>
      </ConfirmDialog>
    </Section>
  )
}

function Halves({ dossier: { halves } }: { readonly dossier: Dossier }) {
  const t = useTranslation('people')
  const language = useLanguage()
  return (
    <Table
      caption={t('same.caption', { count: halves.length })}
      columns={[
        { head: t('search.column.person') },
        { head: t('search.column.phone') },
        { head: t('person.firstMet') },
      ]}
      rows={halves.map((half) => ({
        key: half.learnerId,
        cells: [
          <a href={`/admin/people/${half.learnerId}`}>{nameWords(half, t)}</a>,
          half.phone === null ? '―' : formatPhone(half.phone),
          formatDay(localDateOf(half.firstMetAt), language),
        ],
      }))}
    />
  )
}

interface MergesProps {
  readonly dossier: Dossier
  readonly onPart: (merge: DossierMerge) => void
}

/** What was said to be one person, each with the way back. */
function Merges({ dossier: { person, halves, merges }, onPart }: MergesProps) {
  const t = useTranslation('people')
  const language = useLanguage()
  const known = new Map([person, ...halves].map((half) => [half.learnerId, nameWords(half, t)]))
  return (
    <Table
      caption={t('same.merges.caption', { count: merges.length })}
      columns={[
        { head: t('same.merges.who') },
        { head: t('same.merges.into') },
        { head: t('same.merges.at') },
        { head: t('same.merges.back') },
      ]}
      rows={merges.map((merge) => ({
        key: merge.mergeIds.join(' '),
        cells: [
          known.get(merge.learnerId) ?? t('erased'),
          known.get(merge.intoLearnerId) ?? t('erased'),
          formatDay(localDateOf(merge.mergedAt), language),
          <Button
            kind="outline"
            size="small"
            label={t('same.separate.label', { name: known.get(merge.learnerId) ?? t('erased') })}
            onClick={() => onPart(merge)}
          >
            {t('same.separate.open')}
          </Button>,
        ],
      }))}
    />
  )
}
