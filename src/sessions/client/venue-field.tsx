import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { Recorder } from '#client/recorder.ts'
import type { Venue } from '#people/domain/venue.ts'
import { readPlain } from '#sessions/domain/session-form.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { SelectField } from '#ui/select-field.tsx'
import css from './office.module.css'
import { onEnter } from './on-enter.ts'
import type { OfficeT } from './office-words.ts'

const NAME_MAX = 80 // as Venue.name
const ADDRESS_MAX = 120 // as Venue.address

interface Props {
  readonly venues: readonly Venue[]
  readonly value: string
  readonly error: string | undefined
  readonly recorder: Recorder
  readonly onChoose: (venueId: string) => void
}

/** The hall: one the city knows, or a new one entered in place. */
export function VenueField({ venues, value, error, recorder, onChoose }: Props) {
  const t = useTranslation('office')
  const [isAdding, setIsAdding] = useState(false)
  return (
    <>
      <SelectField
        name="venueId"
        label={t('field.venueId')}
        emptyWord={t('form.notYet')}
        options={venues.map(({ venueId, name }) => ({ value: venueId, label: name }))}
        value={value}
        onChoose={onChoose}
        error={error}
      />
      <details class={css.add} open={isAdding} onToggle={(event) => setIsAdding(event.currentTarget.open)}>
        <summary class={css.summary}>{t('venue.open')}</summary>
        {isAdding && (
          <NewVenue
            venues={venues}
            recorder={recorder}
            onAdded={(venueId) => {
              onChoose(venueId)
              setIsAdding(false)
              document.getElementById('venueId')?.focus()
            }}
          />
        )}
      </details>
    </>
  )
}

interface NewProps extends Pick<Props, 'venues' | 'recorder'> {
  readonly onAdded: (venueId: string) => void
}

function NewVenue({ venues, recorder, onAdded }: NewProps) {
  const t = useTranslation('office')
  const [typed, setTyped] = useState({ name: '', address: '' })
  const [problems, setProblems] = useState<{ readonly name?: string; readonly address?: string }>({})

  async function add(): Promise<void> {
    const known = venues.find((venue) => venue.name === typed.name.trim())
    if (known !== undefined) return onAdded(known.venueId)
    const read = readVenue(typed, t)
    setProblems(read.problems)
    if (read.venue === null) return document.getElementById(read.problems.name ? 'venueName' : 'venueAddress')?.focus()
    const venueId = recorder.newId() as Venue['venueId']
    try {
      await recorder.record('venue.save', { venueId, ...read.venue, district: null })
      onAdded(venueId)
    } catch {
      setProblems({ name: t('form.problem.not_kept') })
    }
  }

  return (
    <div class={css.parts} onKeyDown={(event) => onEnter(event, () => void add())}>
      <TextField
        name="venueName"
        label={t('venue.name')}
        required
        requirement={t('form.required')}
        autoComplete="off"
        value={typed.name}
        onInput={(name) => setTyped({ ...typed, name })}
        error={problems.name}
      />
      <TextField
        name="venueAddress"
        label={t('venue.address')}
        hint={t('venue.addressHint')}
        autoComplete="off"
        value={typed.address}
        onInput={(address) => setTyped({ ...typed, address })}
        error={problems.address}
      />
      <Button kind="outline" size="small" onClick={() => void add()}>
        {t('venue.add')}
      </Button>
    </div>
  )
}

function readVenue(typed: { readonly name: string; readonly address: string }, t: OfficeT) {
  const [name, address] = [typed.name.trim(), typed.address.trim()]
  const [readName, readAddress] = [readPlain(name, NAME_MAX), readPlain(address, ADDRESS_MAX)]
  const problems: { name?: string; address?: string } = {}
  const words = (field: string, error: Extract<typeof readName, { ok: false }>['error']) =>
    t(`form.problem.${error.code}`, { field, ...error })
  if (name === '') problems.name = t('form.problem.empty', { field: t('venue.name') })
  else if (!readName.ok) problems.name = words(t('venue.name'), readName.error)
  if (!readAddress.ok) problems.address = words(t('venue.address'), readAddress.error)
  const isGood = Object.keys(problems).length === 0
  return { problems, venue: isGood ? { name, address: address === '' ? null : address } : null }
}
