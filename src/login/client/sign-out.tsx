import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { postJson } from '#client/post-json.ts'
import { readHolder } from '#client/role-on-device.ts'
import { Banner, News } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'

interface Props {
  readonly db: LocalDb
  readonly sendAll: () => Promise<number>
}

/** What stands in the way of leaving: so many things not sent or half written, or no network. */
type Hindrance = { readonly unsent: number } | 'offline'

/** 出る: sends first, and forgets what this device keeps only when nothing of it would be lost. A phone that is paired keeps its lists. */
export function SignOut({ db, sendAll }: Props) {
  const t = useTranslation('account')
  const [hindrance, setHindrance] = useState<Hindrance | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function leave(isKeeping: boolean): Promise<void> {
    setBusy(true)
    const unsent = isKeeping ? 0 : await countUnsent(db, sendAll)
    if (unsent !== null && unsent > 0) setHindrance({ unsent })
    else {
      const clear = !isKeeping && unsent !== null && !(await isPaired(db))
      const left = await postJson('/api/sign-out', { clear })
      if (left.ok) return location.replace('/')
      setHindrance('offline')
    }
    setBusy(false)
  }

  return (
    <Section id="sign-out" heading={t('out.heading')}>
      <p>{t('out.text')}</p>
      <News>{hindrance !== null && <Hindered hindrance={hindrance} />}</News>
      <ButtonRow>
        <Button busyWord={isBusy ? t('out.busy') : undefined} onClick={() => void leave(false)}>
          {t('out.button')}
        </Button>
        {hindrance !== null && hindrance !== 'offline' && (
          <Button kind="outline" onClick={() => void leave(true)}>
            {t('out.keep')}
          </Button>
        )}
      </ButtonRow>
    </Section>
  )
}

function Hindered({ hindrance }: { readonly hindrance: Hindrance }) {
  const t = useTranslation('account')
  if (hindrance === 'offline')
    return (
      <Banner kind="warning" kindWord={t('kind.check')} heading={t('trouble.offline.heading')}>
        <p>{t('out.offline')}</p>
      </Banner>
    )
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('out.unsentHeading', { count: hindrance.unsent })}>
      <p>{t('out.unsent')}</p>
      <ButtonLink kind="outline" size="small" href="/device">
        {t('out.look')}
      </ButtonLink>
    </Banner>
  )
}

/** What would be lost: not sent, or in a form that was never sent. `null` when this device's store is away: then nothing is deleted. */
async function countUnsent(db: LocalDb, sendAll: Props['sendAll']): Promise<number | null> {
  try {
    const unsent = await sendAll()
    const forms = await db.read(['forms'], (tx) => tx.objectStore('forms').getAll())
    return unsent + forms.length
  } catch {
    return null
  }
}

async function isPaired(db: LocalDb): Promise<boolean> {
  return (await readHolder(db))?.paired === true
}
