import { ButtonLink } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { useTranslation } from './i18n.ts'
import type { PageRoute } from './routes.ts'

/** Any address without a page. It says so and shows the way, without blame. */
export function NotFoundPage() {
  const t = useTranslation('shell')
  return (
    <>
      <Heading level={1} lead={t('notFound.lead')}>
        {t('notFound.title')}
      </Heading>
      <ButtonLink href="/">{t('notFound.home')}</ButtonLink>
    </>
  )
}

export const notFoundRoute: PageRoute = {
  path: '/*',
  component: NotFoundPage,
  head: (i18n) => ({ title: i18n.of('shell')('notFound.title') }),
}
