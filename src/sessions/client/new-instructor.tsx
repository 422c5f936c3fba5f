import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { Recorder } from '#client/recorder.ts'
import type { Instructor } from '#people/domain/instructor.ts'
import { parseKana, parseName, type PersonTextProblem } from '#people/domain/person-text.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import css from './office.module.css'
import { onEnter } from './on-enter.ts'
import type { OfficeT } from './office-words.ts'

interface Props {
  readonly instructors: readonly Instructor[]
  readonly recorder: Recorder
  readonly onAdded: (instructorId: string) => void
}

/** Somebody who teaches and is not on the list yet. */
export function NewInstructor({ instructors, recorder, onAdded }: Props) {
  const t = useTranslation('office')
  const [isOpen, setIsOpen] = useState(false)
  const [typed, setTyped] = useState({ name: '', nameKana: '' })
  const [problems, setProblems] = useState<Problems>({})

  function done(instructorId: string): void {
    onAdded(instructorId)
    setTyped({ name: '', nameKana: '' })
    setIsOpen(false)
    document.getElementById('teachers')?.focus()
  }

  async function add(): Promise<void> {
    const { person, found } = readInstructor(typed, t)
    setProblems(found)
    if (person === null) return document.getElementById(found.name ? 'instructorName' : 'instructorKana')?.focus()
    const known = instructors.find((one) => one.name === person.name && one.nameKana === person.nameKana)
    if (known !== undefined) return done(known.instructorId)
    const instructorId = recorder.newId() as Instructor['instructorId']
    try {
      await recorder.record('instructor.save', { instructorId, ...person })
      done(instructorId)
    } catch {
      setProblems({ name: t('form.problem.not_kept') })
    }
  }

  return (
    <details class={css.add} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary class={css.summary}>{t('teachers.open')}</summary>
      {isOpen && (
        <div class={css.parts} onKeyDown={(event) => onEnter(event, () => void add())}>
          <TextField
            name="instructorName"
            label={t('teachers.name')}
            required
            requirement={t('form.required')}
            autoComplete="off"
            value={typed.name}
            onInput={(name) => setTyped({ ...typed, name })}
            error={problems.name}
          />
          <TextField
            name="instructorKana"
            label={t('teachers.kana')}
            required
            requirement={t('form.required')}
            autoComplete="off"
            value={typed.nameKana}
            onInput={(nameKana) => setTyped({ ...typed, nameKana })}
            error={problems.nameKana}
          />
          <p>{t('teachers.purpose')}</p>
          <Button kind="outline" size="small" onClick={() => void add()}>
            {t('teachers.addNew')}
          </Button>
        </div>
      )}
    </details>
  )
}

interface Problems {
  readonly name?: string | undefined
  readonly nameKana?: string | undefined
}

function readInstructor(typed: { readonly name: string; readonly nameKana: string }, t: OfficeT) {
  const [name, nameKana] = [parseName(typed.name), parseKana(typed.nameKana)]
  const found: Problems = {
    name: name.ok ? undefined : words(t('teachers.name'), name.error, t),
    nameKana: nameKana.ok ? undefined : words(t('teachers.kana'), nameKana.error, t),
  }
  return { found, person: name.ok && nameKana.ok ? { name: name.value, nameKana: nameKana.value } : null }
}

function words(field: string, problem: PersonTextProblem, t: OfficeT): string {
  if (problem.code === 'not_a_phone') return t('form.problem.other')
  if (problem.code === 'unreadable_character') return t('form.problem.unprintable', { field })
  return t(`form.problem.${problem.code}`, { field, ...problem })
}
