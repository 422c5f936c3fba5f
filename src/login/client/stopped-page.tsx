import { useTranslation } from '#client/i18n.ts'
import { ButtonLink } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'

/** In place of the desk, on a phone whose pairing the office has ended. */
export function StoppedPage() {
  const t = useTranslation('lock')
  return (
    <Stack>
      <Heading level={1} lead={t('news.stoppedText')}>
        {t('news.stopped')}
      </Heading>
      <ButtonLink kind="outline" href="/pair">
        {t('news.stoppedLink')}
      </ButtonLink>
    </Stack>
  )
}
