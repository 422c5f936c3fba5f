import { useState } from 'preact/hooks'
import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { LinkAnswer } from '#login/domain/staff.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonRow } from '#ui/button.tsx'
import css from './second-way.module.css'

interface Props {
  readonly heading: string
  readonly link: LinkAnswer
}

/** A link for one use, to copy or to print. Kept nowhere: once this is closed, nobody sees it again. */
export function LinkOnce({ heading, link }: Props) {
  const t = useTranslation('staff')
  const language = useLanguage()
  const [copied, setCopied] = useState<boolean | null>(null)
  const address = new URL(link.path, location.href).href

  async function copy(): Promise<void> {
    const write = navigator.clipboard?.writeText(address) ?? Promise.reject(new Error('no clipboard'))
    setCopied(
      await write.then(
        () => true,
        () => false,
      ),
    )
  }

  return (
    <Arrival>
      <div class={css.paper}>
        <Banner kind="success" kindWord={t('kind.done')} heading={heading} announce={false}>
          <p>{t('link.once')}</p>
          <p class={css.secret} data-link="">
            {address}
          </p>
          <p>{t('link.until', { at: formatInstant(link.expiresAt, language) })}</p>
          <ButtonRow>
            <Button kind="outline" size="small" onClick={() => void copy()}>
              {t('link.copy')}
            </Button>
            <Button kind="outline" size="small" onClick={() => print()}>
              {t('link.print')}
            </Button>
          </ButtonRow>
          <div role="status">{copied !== null && <p>{t(copied ? 'link.copied' : 'link.notCopied')}</p>}</div>
        </Banner>
      </div>
    </Arrival>
  )
}
