import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { useOnline } from '#client/use-online.ts'
import { ADMINS_WANTED, type LinkAnswer, type RecoveryAnswer, type RecoveryRow } from '#login/domain/staff.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { LinkOnce } from './link-once.tsx'
import { RecoveryAskForm } from './recovery-ask-form.tsx'
import { WaitingRecovery } from './recovery-waiting.tsx'
import { StaffTrouble } from './staff-trouble.tsx'

/** /admin/recovery — a colleague lost every way in: one asks, another one agrees (docs/rules.md#recovery). */
export function RecoveryPage() {
  const t = useTranslation('staff')
  const answer = useOnline<RecoveryAnswer>('/api/admin/recovery')
  const { data, reload } = answer
  return (
    <Stack>
      <Heading level={1} lead={t('recovery.lead')}>
        {t('recovery.title')}
      </Heading>
      <ol>
        {(['ask', 'approve', 'hand'] as const).map((step) => (
          <li key={step}>{t(`recovery.steps.${step}`)}</li>
        ))}
      </ol>
      <StaffTrouble answer={answer} />
      {data && (
        <>
          {data.adminCount < ADMINS_WANTED && (
            <Banner kind="warning" kindWord={t('kind.check')} heading={t('list.oneAdmin')} announce={false}>
              <p>{t('list.oneAdminText')}</p>
            </Banner>
          )}
          <Waiting data={data} onChanged={reload} />
          <RecoveryAskForm data={data} onAsked={reload} />
        </>
      )}
      <ButtonLink kind="text" href="/admin">
        {t('back.admin')}
      </ButtonLink>
    </Stack>
  )
}

function Waiting({ data, onChanged }: { readonly data: RecoveryAnswer; readonly onChanged: () => void }) {
  const t = useTranslation('staff')
  const [given, setGiven] = useState<{ readonly name: string; readonly link: LinkAnswer } | null>(null)
  const nameOf = (id: RecoveryRow['askedBy']) => data.colleagues.find(({ staffId }) => staffId === id)?.name
  return (
    <Section id="waiting" heading={t('recovery.waitingHeading')}>
      {given && (
        <LinkOnce key={given.link.path} heading={t('recovery.linkHeading', { name: given.name })} link={given.link} />
      )}
      {data.waiting.length === 0 && <p>{t('recovery.none')}</p>}
      {data.waiting.map((row) => (
        <WaitingRecovery
          key={row.recoveryId}
          row={row}
          name={nameOf(row.staffId) ?? ''}
          askedBy={nameOf(row.askedBy) ?? null}
          onApproved={(link) => {
            setGiven({ name: nameOf(row.staffId) ?? '', link })
            onChanged()
          }}
          onChanged={onChanged}
        />
      ))}
    </Section>
  )
}
