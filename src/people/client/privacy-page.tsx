import { formatDay } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { useOnline } from '#client/use-online.ts'
import type { PrivacyAnswer } from '#people/domain/file-register.ts'
import { RETENTION, type RetentionKind, type RetentionLine } from '#people/domain/retention.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { BigNumber } from '#ui/figures.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { Table } from '#ui/table.tsx'
import { OnlineTrouble } from './online-trouble.tsx'

/** /admin/privacy — how long what is kept, what goes today, and the register that a city publishes. */
export function PrivacyPage() {
  const t = useTranslation('people')
  const { data, state, code, reload } = useOnline<PrivacyAnswer>('/api/privacy')
  return (
    <Stack>
      <Heading level={1} lead={t('privacy.lead')}>
        {t('privacy.title')}
      </Heading>
      {state === 'loading' && data === null && <p role="status">{t('loading')}</p>}
      {state !== 'loading' && state !== 'ready' && <OnlineTrouble code={code ?? state} onRetry={reload} />}
      {data && (
        <>
          <People answer={data} />
          <Retention lines={data.retention} />
          <Register fields={data.register} />
        </>
      )}
    </Stack>
  )
}

function People({ answer: { peopleCount, erasedCount, level } }: { readonly answer: PrivacyAnswer }) {
  const t = useTranslation('people')
  return (
    <>
      {level !== 'below' && (
        <Banner kind="warning" kindWord={t('kind.check')} heading={t(`privacy.level.${level}`)} announce={false}>
          <p>{t('privacy.levelLaw')}</p>
        </Banner>
      )}
      <BigNumber
        label={t('privacy.people')}
        value={peopleCount.toLocaleString('en-US')}
        unit={t('privacy.peopleUnit')}
        note={
          <>
            <p>{t('privacy.peopleErased', { count: erasedCount })}</p>
            {level === 'below' && <p>{t('privacy.level.below')}</p>}
          </>
        }
      />
    </>
  )
}

function Retention({ lines }: { readonly lines: readonly RetentionLine[] }) {
  const t = useTranslation('people')
  const language = useLanguage()
  const keptWords = (kind: RetentionKind): string => {
    const kept = RETENTION[kind]
    if ('afterYears' in kept) return t('privacy.kept.years', { count: kept.afterYears })
    return kept.afterDays === 0 ? t('privacy.kept.atOnce') : t('privacy.kept.days', { count: kept.afterDays })
  }
  return (
    <Section id="retention" heading={t('privacy.retention.heading')}>
      <Table
        caption={t('privacy.retention.caption')}
        columns={[
          { head: t('privacy.retention.column.kind') },
          { head: t('privacy.retention.column.kept') },
          { head: t('privacy.retention.column.held'), number: true },
          { head: t('privacy.retention.column.due'), number: true },
          { head: t('privacy.retention.column.next') },
        ]}
        rows={lines.map(({ kind, heldCount, dueCount, nextOn, nextCount }) => ({
          key: kind,
          cells: [
            t(`privacy.what.${kind}`),
            keptWords(kind),
            `${heldCount}`,
            `${dueCount}`,
            nextOn === null ? '―' : t('privacy.retention.next', { day: formatDay(nextOn, language), count: nextCount }),
          ],
        }))}
      />
    </Section>
  )
}

/** In Japanese, whatever the language of the page: it is published as it stands. */
function Register({ fields }: { readonly fields: PrivacyAnswer['register'] }) {
  const t = useTranslation('people')
  return (
    <Section id="register" heading={t('privacy.register.heading')}>
      <p>{t('privacy.register.lead')}</p>
      <Table
        caption={t('privacy.register.caption')}
        columns={[{ head: t('privacy.register.column.name') }, { head: t('privacy.register.column.value') }]}
        rows={fields.map(({ name, value }) => ({
          key: name,
          cells: [<span lang="ja">{name}</span>, <span lang="ja">{value}</span>],
        }))}
      />
      <ButtonRow>
        <ButtonLink kind="outline" href="/api/privacy/register.csv" download>
          {t('privacy.register.csv')}
        </ButtonLink>
        <Button kind="outline" onClick={() => print()}>
          {t('privacy.register.print')}
        </Button>
      </ButtonRow>
    </Section>
  )
}
