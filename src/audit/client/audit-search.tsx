import { useState } from 'preact/hooks'
import { ACTION_KINDS } from '#audit/domain/action-kind.ts'
import type { AuditAnswer } from '#audit/domain/audit-page.ts'
import { useTranslation } from '#client/i18n.ts'
import { Button } from '#ui/button.tsx'
import { DateField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import { SelectField } from '#ui/select-field.tsx'

/** What is searched for, by the names of the address; whatever was left open is not there. */
export type Search = Readonly<Partial<Record<'from' | 'until' | 'who' | 'kind', string>>>

interface Props {
  readonly people: AuditAnswer['people']
  readonly onFind: (search: Search) => void
}

export function AuditSearch({ people, onFind }: Props) {
  const t = useTranslation('audit')
  const [isTurned, setIsTurned] = useState(false)
  const send = (form: HTMLFormElement): void => {
    const said = [...new FormData(form)].filter((one): one is [string, string] => one[1] !== '')
    const search: Search = Object.fromEntries(said)
    const turned = search.from !== undefined && search.until !== undefined && search.from > search.until
    setIsTurned(turned)
    if (turned) form.querySelector<HTMLElement>('[name=until]')?.focus()
    else onFind(search)
  }
  const nameless = (['system', 'resident'] as const).map((who) => ({ value: who, label: t(`actor.${who}`) }))
  return (
    <Section id="search" heading={t('search.heading')}>
      <Form onSend={send}>
        <DateField name="from" label={t('search.from')} />
        <DateField name="until" label={t('search.until')} error={isTurned ? t('search.order') : undefined} />
        <SelectField
          name="who"
          label={t('search.who')}
          emptyWord={t('search.anybody')}
          options={[...people.map(({ who, name }) => ({ value: who, label: name })), ...nameless]}
        />
        <SelectField
          name="kind"
          label={t('search.what')}
          emptyWord={t('search.anything')}
          options={ACTION_KINDS.map((kind) => ({ value: kind, label: t(`actionKind.${kind}`) }))}
        />
        <Button type="submit">{t('search.send')}</Button>
      </Form>
    </Section>
  )
}
