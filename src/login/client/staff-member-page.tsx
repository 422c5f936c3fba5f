import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { useOnline } from '#client/use-online.ts'
import type { SecondWaySheet } from '#login/domain/second-way.ts'
import type { StaffAnswer, StaffRow } from '#login/domain/staff.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { SecondWaySection } from './second-way-section.tsx'
import { SecondWaySheetView } from './second-way-sheet.tsx'
import { StaffDisableForm } from './staff-disable-form.tsx'
import { StaffInstructorForm } from './staff-instructor-form.tsx'
import { StaffRoleForm } from './staff-role-form.tsx'
import { DoneBanner, FailedBanner, StaffTrouble } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

/** /admin/staff/:id — one member of staff: role, other hats, second way in, and the door. */
export function StaffMemberPage({ id }: { readonly id: string }) {
  const t = useTranslation('staff')
  const answer = useOnline<StaffAnswer>('/api/admin/staff')
  const { data, reload } = answer
  const one = data?.staff.find(({ staffId }) => staffId === id)
  return (
    <Stack>
      {data && one ? (
        <Opened answer={data} one={one} onChanged={reload} trouble={<StaffTrouble answer={answer} />} />
      ) : (
        <>
          <Heading level={1}>{t('list.title')}</Heading>
          <StaffTrouble answer={answer} />
          {data && <Banner kind="warning" kindWord={t('kind.check')} heading={t('member.unknown')} />}
        </>
      )}
      <ButtonLink kind="text" href="/admin/staff">
        {t('back.staff')}
      </ButtonLink>
    </Stack>
  )
}

interface OpenedProps {
  readonly answer: StaffAnswer
  readonly one: StaffRow
  readonly onChanged: () => void
  readonly trouble: ComponentChildren
}

function Opened({ answer, one, onChanged, trouble }: OpenedProps) {
  const t = useTranslation('staff')
  const [sheet, setSheet] = useState<SecondWaySheet | null>(null)
  const enabling = usePost()
  const isSelf = one.staffId === answer.self
  const title = isSelf ? t('list.self', { name: one.name }) : one.name
  // Alone on the page, so that a printer gets the sheet and nothing else.
  if (sheet !== null) return <SecondWaySheetView one={one} sheet={sheet} onConfirmed={onChanged} />
  return (
    <>
      <Heading level={1} lead={t(`role.${one.role}`)}>
        {title}
      </Heading>
      {trouble}
      <FailedBanner state={enabling.state} />
      {one.disabledAt === null && <DoneBanner state={enabling.state} heading={t('member.enabled')} />}
      {one.disabledAt === null ? (
        <>
          <StaffRoleForm one={one} onChanged={onChanged} />
          <StaffInstructorForm one={one} instructors={answer.instructors} onChanged={onChanged} />
          <SecondWaySection one={one} isSelf={isSelf} onChanged={onChanged} onMade={setSheet} />
          <StaffDisableForm one={one} onChanged={onChanged} />
        </>
      ) : (
        <Disabled
          disabledAt={one.disabledAt}
          isBusy={enabling.state.at === 'busy'}
          onEnable={() => void enabling.post(`/api/admin/staff/${one.staffId}/enable`, {}).then(onChanged)}
        />
      )}
    </>
  )
}

interface DisabledProps {
  readonly disabledAt: NonNullable<StaffRow['disabledAt']>
  readonly isBusy: boolean
  readonly onEnable: () => void
}

function Disabled({ disabledAt, isBusy, onEnable }: DisabledProps) {
  const t = useTranslation('staff')
  const language = useLanguage()
  return (
    <>
      <Banner kind="warning" kindWord={t('kind.notice')} heading={t('member.isDisabled')} announce={false}>
        <p>{t('member.isDisabledText', { at: formatInstant(disabledAt, language) })}</p>
      </Banner>
      <Button busyWord={isBusy ? t('sending') : undefined} onClick={onEnable}>
        {t('member.enable')}
      </Button>
    </>
  )
}
