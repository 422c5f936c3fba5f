import { useTranslation } from '#client/i18n.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'

interface Props {
  readonly isRestored: boolean
  readonly isChanged: boolean
  readonly onStartAgain: () => void
}

/** What to know before one goes on typing: words of an earlier time stand here, or somebody else has saved since. */
export function FormNews({ isRestored, isChanged, onStartAgain }: Props) {
  const t = useTranslation('office')
  if (!isRestored && !isChanged) return null
  return (
    <Banner
      kind={isChanged ? 'warning' : 'info'}
      kindWord={t(isChanged ? 'kindWord.check' : 'kindWord.notice')}
      heading={t(isChanged ? 'form.changed' : 'form.restored')}
    >
      <p>{t(isChanged ? 'form.changedText' : 'form.restoredText')}</p>
      <Button kind="outline" size="small" onClick={onStartAgain}>
        {t(isChanged ? 'form.loadCurrent' : 'form.startAgain')}
      </Button>
    </Banner>
  )
}
