import { formatInstant } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { useOnline } from '#client/use-online.ts'
import { ADMINS_WANTED, activeAdmins, type StaffAnswer, type StaffRow } from '#login/domain/staff.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { Chip } from '#ui/chip.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { type Row, Table } from '#ui/table.tsx'
import css from './staff.module.css'
import { StaffInviteForm } from './staff-invite-form.tsx'
import { StaffTrouble } from './staff-trouble.tsx'

/** /admin/staff — everybody who works in the office, and the way to let one more in. */
export function StaffPage() {
  const t = useTranslation('staff')
  const answer = useOnline<StaffAnswer>('/api/admin/staff')
  const { data } = answer
  return (
    <Stack>
      <Heading level={1} lead={t('list.lead')}>
        {t('list.title')}
      </Heading>
      <StaffTrouble answer={answer} />
      {data && (
        <>
          <FewAdmins staff={data.staff} />
          {data.staff.length === 0 ? <p>{t('list.empty')}</p> : <StaffTable answer={data} />}
          <ButtonLink kind="outline" href="/admin/recovery">
            {t('list.recovery')}
          </ButtonLink>
          <StaffInviteForm />
        </>
      )}
      <ButtonLink kind="text" href="/admin">
        {t('back.admin')}
      </ButtonLink>
    </Stack>
  )
}

/** Nobody could approve letting this one in anew (docs/rules.md#recovery). */
function FewAdmins({ staff }: { readonly staff: readonly StaffRow[] }) {
  const t = useTranslation('staff')
  if (staff.length === 0 || activeAdmins(staff).length >= ADMINS_WANTED) return null
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('list.oneAdmin')} announce={false}>
      <p>{t('list.oneAdminText')}</p>
    </Banner>
  )
}

function StaffTable({ answer: { staff, self } }: { readonly answer: StaffAnswer }) {
  const t = useTranslation('staff')
  const language = useLanguage()
  const rowOf = (one: StaffRow): Row => ({
    key: one.staffId,
    cells: [
      <a class={css.name} href={`/admin/staff/${one.staffId}`}>
        {one.staffId === self ? t('list.self', { name: one.name }) : one.name}
      </a>,
      <span class={css.state}>
        {t(`role.${one.role}`)}
        {one.disabledAt !== null && <Chip tone="bad">{t('list.disabled')}</Chip>}
      </span>,
      one.lastSignInAt === null ? t('list.never') : formatInstant(one.lastSignInAt, language),
      waysOf(one, t),
    ],
  })
  return (
    <Table
      caption={t('list.caption', { count: staff.length })}
      columns={(['name', 'role', 'lastSignIn', 'ways'] as const).map((column) => ({
        head: t(`list.column.${column}`),
      }))}
      rows={staff.map(rowOf)}
    />
  )
}

function waysOf({ passkeyCount, secondWay }: StaffRow, t: Translate<'staff'>): string {
  const ways = [
    ...(passkeyCount > 0 ? [t('list.passkeys', { count: passkeyCount })] : []),
    ...(secondWay === 'ready' ? [t('list.sheet')] : []),
  ]
  return ways.length === 0 ? t('list.noWay') : ways.join(' / ')
}
