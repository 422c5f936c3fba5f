import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { Recorder } from '#client/recorder.ts'
import type { Instructor, InstructorId } from '#people/domain/instructor.ts'
import { readTeachers, writeTeachers } from '#sessions/domain/typed-teachers.ts'
import type { Teacher } from '#sessions/domain/session.ts'
import { Button } from '#ui/button.tsx'
import { ChoiceField } from '#ui/choice-field.tsx'
import { SelectField } from '#ui/select-field.tsx'
import { NewInstructor } from './new-instructor.tsx'
import css from './office.module.css'

interface Props {
  readonly instructors: readonly Instructor[]
  /** As `writeTeachers` writes it. */
  readonly value: string
  readonly error: string | undefined
  readonly recorder: Recorder
  readonly onChoose: (teachers: string) => void
}

/** Who teaches: those chosen with their roles, then the list to choose from. A new name can be entered in place. */
export function TeachersField({ instructors, value, error, recorder, onChoose }: Props) {
  const t = useTranslation('office')
  const [picked, setPicked] = useState('')
  const teachers = readTeachers(value)
  const others = instructors.filter(({ instructorId }) => !teachers.some((one) => one.instructorId === instructorId))
  const set = (next: readonly Teacher[]): void => onChoose(writeTeachers(next))

  function add(instructorId: string): void {
    // The first one leads; the others help until the organizer says otherwise.
    const role = teachers.length === 0 ? 'instructor' : 'assistant'
    if (instructorId !== '') set([...teachers, { instructorId: instructorId as InstructorId, role }])
    setPicked('')
  }

  return (
    <>
      <SelectField
        name="teachers"
        label={t('field.teachers')}
        hint={t('teachers.hint', { count: teachers.length })}
        emptyWord={t('teachers.pick')}
        options={others.map(({ instructorId, name, nameKana }) => ({
          value: instructorId,
          label: t('teachers.withKana', { name, kana: nameKana }),
        }))}
        value={picked}
        onChoose={setPicked}
        error={error}
      />
      <Button kind="outline" size="small" onClick={() => add(picked)}>
        {t('teachers.add')}
      </Button>
      <div role="group" aria-label={t('teachers.chosen', { count: teachers.length })}>
        {teachers.length > 0 && (
          <ul class={css.chosen} role="list">
            {teachers.map((teacher) => (
              <ChosenTeacher
                key={teacher.instructorId}
                teacher={teacher}
                name={
                  instructors.find((one) => one.instructorId === teacher.instructorId)?.name ?? t('teachers.unknown')
                }
                onRole={(role) => set(teachers.map((one) => (one === teacher ? { ...one, role } : one)))}
                onRemove={() => {
                  set(teachers.filter((one) => one !== teacher))
                  document.getElementById('teachers')?.focus()
                }}
              />
            ))}
          </ul>
        )}
      </div>
      <NewInstructor instructors={instructors} recorder={recorder} onAdded={add} />
    </>
  )
}

interface ChosenProps {
  readonly teacher: Teacher
  readonly name: string
  readonly onRole: (role: Teacher['role']) => void
  readonly onRemove: () => void
}

const ROLES = ['instructor', 'assistant'] as const satisfies Teacher['role'][]

function ChosenTeacher({ teacher, name, onRole, onRemove }: ChosenProps) {
  const t = useTranslation('office')
  return (
    <li class={css.teacher}>
      <ChoiceField
        name={`role-${teacher.instructorId}`}
        label={t('teachers.role', { name })}
        beside
        choices={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        value={teacher.role}
        onChoose={(role) => onRole(role as Teacher['role'])}
      />
      <div>
        <Button kind="text" size="small" label={t('teachers.removeLabel', { name })} onClick={onRemove}>
          {t('teachers.remove')}
        </Button>
      </div>
    </li>
  )
}
