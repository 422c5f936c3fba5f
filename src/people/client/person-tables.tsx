import { formatDay, formatInstant } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { formatReceipt } from '#enrollment/domain/receipt-number.ts'
import type { Dossier } from '#people/domain/dossier.ts'
import type { Language } from '#pages/domain/language.ts'
import { Section } from '#ui/heading.tsx'
import { Table } from '#ui/table.tsx'
import type { PersonChange } from './use-person-change.ts'

interface Words {
  readonly t: Translate<'people'>
  readonly language: Language
}

/** What somebody signed up for, came to, was given, and where their name went: one table each, with its own heading. */
export function PersonTables({ dossier }: { readonly dossier: Dossier }) {
  const t = useTranslation('people')
  const language = useLanguage()
  const words = { t, language }
  const { certification } = dossier
  return (
    <>
      <Section id="enrollments" heading={t('enrollments.heading')}>
        <Enrollments dossier={dossier} words={words} />
      </Section>
      <Section id="attendances" heading={t('attendances.heading')}>
        <Attendances dossier={dossier} words={words} />
      </Section>
      <Section id="certification" heading={t('certification.heading')}>
        <p>
          {certification === null
            ? t('none')
            : t('certification.text', {
                day: formatDay(certification.certifiedOn, language),
                number: certification.number,
              })}
        </p>
      </Section>
      <Section id="lists" heading={t('lists.heading')}>
        <Lists dossier={dossier} words={words} />
      </Section>
      <Section id="changes" heading={t('changes.heading')}>
        <Changes dossier={dossier} words={words} />
      </Section>
    </>
  )
}

interface Props {
  readonly dossier: Dossier
  readonly words: Words
}

function Enrollments({ dossier: { enrollments }, words: { t, language } }: Props) {
  if (enrollments.length === 0) return <p>{t('none')}</p>
  return (
    <Table
      caption={t('enrollments.caption', { count: enrollments.length })}
      columns={(['title', 'day', 'receipt', 'channel', 'state'] as const).map((one) => ({
        head: t(`enrollments.column.${one}`),
      }))}
      rows={enrollments.map((one) => ({
        key: one.enrollmentId,
        cells: [
          one.title,
          one.heldOn === null ? t('enrollments.noDay') : formatDay(one.heldOn, language),
          formatReceipt(one.receiptNumber),
          t(`channel.${one.channel}`),
          t(`enrollments.${one.state}`),
        ],
      }))}
    />
  )
}

function Attendances({ dossier: { attendances }, words: { t, language } }: Props) {
  if (attendances.length === 0) return <p>{t('none')}</p>
  return (
    <Table
      caption={t('attendances.caption', { count: attendances.length })}
      columns={(['title', 'day', 'at'] as const).map((one) => ({ head: t(`attendances.column.${one}`) }))}
      rows={attendances.map((one) => ({
        key: one.sessionId,
        cells: [
          one.title ?? t('attendances.titleUnknown'),
          one.heldOn === null ? t('enrollments.noDay') : formatDay(one.heldOn, language),
          formatInstant(one.firstMarkedAt, language),
        ],
      }))}
    />
  )
}

function Lists({ dossier: { lists }, words: { t, language } }: Props) {
  if (lists.length === 0) return <p>{t('none')}</p>
  return (
    <Table
      caption={t('lists.caption', { count: lists.length })}
      columns={(['title', 'holder', 'since', 'until'] as const).map((one) => ({ head: t(`lists.column.${one}`) }))}
      rows={lists.map((one) => ({
        key: `${one.holder} ${one.sinceAt} ${one.title}`,
        cells: [
          one.title,
          one.holder,
          formatInstant(one.sinceAt, language),
          one.untilAt === null ? t('lists.still') : formatInstant(one.untilAt, language),
        ],
      }))}
    />
  )
}

function Changes({ dossier: { changes }, words: { t, language } }: Props) {
  if (changes.length === 0) return <p>{t('none')}</p>
  return (
    <Table
      caption={t('changes.caption', { count: changes.length })}
      columns={(['what', 'at', 'reason'] as const).map((one) => ({ head: t(`changes.column.${one}`) }))}
      rows={changes.map(({ id, name, at, reason }) => ({
        key: id,
        cells: [
          t(`changes.${name.slice('person.'.length) as PersonChange}`),
          formatInstant(at, language),
          reason === null ? '―' : t(`reason.${reason}`),
        ],
      }))}
    />
  )
}
