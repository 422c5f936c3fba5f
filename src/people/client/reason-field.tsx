import { useTranslation } from '#client/i18n.ts'
import { PERSON_REASONS, type PersonReason } from '#people/domain/person-change.ts'
import { ChoiceField } from '#ui/choice-field.tsx'

interface Props {
  readonly id: string
  readonly value: PersonReason | null
  /** Somebody pressed on without choosing. */
  readonly isMissing: boolean
  readonly onChoose: (reason: PersonReason) => void
}

/** Why something is done about a person. Chosen, never typed: the reason itself must hold nothing about anybody. */
export function ReasonField({ id, value, isMissing, onChoose }: Props) {
  const t = useTranslation('people')
  return (
    <ChoiceField
      name={id}
      id={id}
      label={t('reason.label')}
      required
      requirement={t('required')}
      choices={PERSON_REASONS.map((reason) => ({ value: reason, label: t(`reason.${reason}`) }))}
      value={value ?? ''}
      onChoose={(chosen) => {
        const reason = PERSON_REASONS.find((one) => one === chosen)
        if (reason !== undefined) onChoose(reason)
      }}
      error={isMissing ? t('reason.missing') : undefined}
    />
  )
}
