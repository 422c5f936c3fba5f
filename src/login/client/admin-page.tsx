import { useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import { ADMIN, OFFICE, type Role, STAFF_ROLES } from '#login/domain/roles.ts'
import { ButtonLink } from '#ui/button.tsx'
import { CardLink, CardList } from '#ui/card-list.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'

/** Who finds which page here. What a page then shows is decided by the server. */
const PAGES = [
  { href: '/admin/staff', words: 'staff', for: ADMIN },
  { href: '/admin/recovery', words: 'recovery', for: OFFICE },
  { href: '/admin/phones', words: 'phones', for: OFFICE },
  { href: '/admin/people', words: 'people', for: OFFICE },
  { href: '/admin/privacy', words: 'privacy', for: ADMIN },
  { href: '/admin/audit', words: 'audit', for: ADMIN },
  { href: '/admin/account', words: 'account', for: STAFF_ROLES },
] as const satisfies readonly { href: string; words: string; for: readonly Role[] }[]

/** /admin — the way to everything about people, phones and records that one may open. */
export function AdminPage() {
  const t = useTranslation('staff')
  const { role } = usePage()
  const open = PAGES.filter((page) => (page.for as readonly Role[]).includes(role))
  return (
    <Stack>
      <Heading level={1} lead={t(open.length > 0 ? 'admin.lead' : 'admin.noEntry')}>
        {t('admin.title')}
      </Heading>
      {open.length === 0 && <ButtonLink href="/sign-in">{t('admin.signIn')}</ButtonLink>}
      {open.length > 0 && (
        <CardList label={t('admin.links')}>
          {open.map(({ href, words }) => (
            <CardLink key={href} href={href} level={2} heading={t(`admin.${words}.title`)}>
              {t(`admin.${words}.text`)}
            </CardLink>
          ))}
        </CardList>
      )}
    </Stack>
  )
}
