import { useRef } from 'preact/hooks'
import { formatDay } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { typedDay } from '#sessions/domain/session-form.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import css from './office.module.css'

type Props = Pick<Parameters<typeof TextField>[0], 'name' | 'label' | 'hint' | 'error' | 'value' | 'onInput'>

/** A day as a person writes it (令和8年5月12日, 2026/5/12), said back with its weekday; or picked from the browser's calendar. */
export function DayField(props: Props) {
  const t = useTranslation('office')
  const language = useLanguage()
  const calendar = useRef<HTMLInputElement>(null)
  const { name, label, value = '', onInput } = props
  const day = typedDay(value)
  return (
    <div class={css.dayField}>
      <TextField
        {...props}
        hint={day === null ? props.hint : t('form.readAs', { words: formatDay(day, language) })}
        width="medium"
        autoComplete="off"
      />
      <Button
        kind="outline"
        size="small"
        label={t('form.calendarLabel', { field: label })}
        onClick={() => open(calendar.current)}
      >
        {t('form.calendar')}
      </Button>
      {/* Only what opens the calendar: one types into the field above. */}
      <input
        class={css.native}
        ref={calendar}
        id={`${name}-calendar`}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={day ?? ''}
        onChange={(event) => event.currentTarget.value && onInput?.(event.currentTarget.value)}
      />
    </div>
  )
}

function open(input: HTMLInputElement | null): void {
  if (input === null) return
  try {
    input.showPicker()
  } catch {
    input.focus() // a browser without showPicker: its own field can still be typed into
  }
}
