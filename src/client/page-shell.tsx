import type { ComponentChildren } from 'preact'
import { ROLES, DESK, type Role, STAFF_ROLES } from '#login/domain/roles.ts'
import { LANGUAGES, languagePath, type Language } from '#pages/domain/language.ts'
import { LinkList, type ListedLink } from '#ui/link-list.tsx'
import { PageFrame } from '#ui/page.tsx'
import { type Translate, useTranslation } from './i18n.ts'
import { usePage } from './page-context.tsx'

interface Props {
  /** One line about this device: what waits to be sent. */
  readonly status?: ComponentChildren
  /** News over the page: a new version, an answer that has come. */
  readonly news?: ComponentChildren
  readonly children: ComponentChildren
}

/** Each language in its own words, so that whoever needs it can read it. */
const LANGUAGE_NAMES: Readonly<Record<Language, { readonly text: string; readonly lang: string }>> = {
  ja: { text: '日本語', lang: 'ja' },
  en: { text: 'English', lang: 'en' },
  'ja-easy': { text: 'やさしい日本語', lang: 'ja' },
}

/** The frame of each page, in the language and for the role of the one who looks. */
export function PageShell({ status, news, children }: Props) {
  const t = useTranslation('shell')
  const { city, language, path, role } = usePage()
  const links = menuOf(role, path, t)
  return (
    <PageFrame
      product={t('product')}
      city={city.name}
      home={{ href: '/', text: t('home') }}
      skipWord={t('skip')}
      help={{ heading: t('help'), phone: city.phone, hours: t('hours') }}
      language={<LinkList quiet label={t('languages')} links={languageLinks(language, path)} />}
      navigation={links.length > 1 && <LinkList label={t('menu')} links={links} />}
      aside={asideOf(role, t)}
      status={status}
      width={/^\/(office|admin)(\/|$)/.test(path) ? 'wide' : 'reading'}
    >
      {news}
      {children}
    </PageFrame>
  )
}

/** The way in, and for who is in, the way out. */
function asideOf(role: Role, t: Translate<'shell'>) {
  if (role === 'resident') return { href: '/sign-in', text: t('foot.staff') }
  return role === 'volunteer' ? null : { href: '/admin/account', text: t('foot.account') }
}

function languageLinks(current: Language, path: string): ListedLink[] {
  return LANGUAGES.map((language) => ({
    href: languagePath(language, path),
    ...LANGUAGE_NAMES[language],
    current: language === current,
  }))
}

function menuOf(role: Role, path: string, t: Translate<'shell'>): ListedLink[] {
  const entries = [
    { href: '/', text: t('nav.sessions'), for: ROLES },
    { href: '/hall', text: t('nav.hall'), for: DESK },
    { href: '/office', text: t('nav.office'), for: STAFF_ROLES },
    { href: '/admin', text: t('nav.admin'), for: STAFF_ROLES },
  ]
  return entries
    .filter((entry) => entry.for.includes(role))
    .map(({ href, text }) => ({ href, text, current: href === '/' ? path === '/' : path.startsWith(href) }))
}
