import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { useDevice, usePage } from '#client/page-context.tsx'
import type { FormSheet } from '#pages/domain/page.ts'
import { Banner, News } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { SheetFields } from './sheet-fields.tsx'

const ANSWER_LIMIT_MS = 15_000

interface Props {
  readonly sheet: FormSheet
  /** What is sent along unseen. */
  readonly hidden: Readonly<Record<string, string>>
  readonly button: string
  readonly kind?: 'solid' | 'outline'
  readonly children?: ComponentChildren
}

/** A plain form to /booking. With a program in the page it is the same form: the program only looks first whether there is a network,
 *  so that nobody meets the browser's own words about it, and brings a sheet where the page was drawn without the server. */
export function BookingForm({ sheet, hidden, button, kind = 'solid', children }: Props) {
  const t = useTranslation('booking')
  const { city } = usePage()
  const isAlive = useDevice() !== null
  const [state, setState] = useState<'idle' | 'busy' | 'offline'>('idle')

  async function send(form: HTMLFormElement): Promise<void> {
    if (state === 'busy') return
    setState('busy')
    const fresh = await fetchSheet()
    const isSent = fresh !== null
    if (isSent) submit(form, fresh)
    setState(isSent ? 'idle' : 'offline') // a page that is gone back to must not be busy for ever
  }

  return (
    <>
      <News>
        {state === 'offline' && (
          <Banner kind="warning" kindWord={t('kind.warning')} heading={t('offline.heading')} announce={false}>
            <p>{t('offline.text', { phone: city.phone })}</p>
          </Banner>
        )}
      </News>
      <Form action="/booking" onSend={isAlive ? (form) => void send(form) : undefined}>
        <SheetFields sheet={sheet} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <Button type="submit" kind={kind} wide busyWord={state === 'busy' ? t('checking') : undefined}>
          {button}
        </Button>
      </Form>
    </>
  )
}

function submit(form: HTMLFormElement, [formId = '', formToken = '']: readonly string[]): void {
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement
  if (field('formToken').value === '') {
    field('formId').value = formId
    field('formToken').value = formToken
  }
  form.submit()
}

/** A fresh sheet; `null` without a network. Any answer counts: what it says, the form itself will be told. */
async function fetchSheet(): Promise<readonly string[] | null> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), ANSWER_LIMIT_MS)
  try {
    const { signal } = controller
    const { headers } = await fetch('/booking', { method: 'HEAD', cache: 'no-store', redirect: 'manual', signal })
    return (headers.get('Form-Sheet') ?? '').split(' ')
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
