import * as v from 'valibot'
import { Teacher } from './session.ts'

export const TEACHERS_MAX = 20 // the same limit as SessionFields

/** Who teaches, as one text, so that a form half filled in can be kept like any other: `id:instructor,id:assistant`. */
export function writeTeachers(teachers: readonly Teacher[]): string {
  return teachers.map(({ instructorId, role }) => `${instructorId}:${role}`).join(',')
}

/** Who has been chosen; what no page has written is left out, and nobody stands there twice. */
export function readTeachers(text: string): readonly Teacher[] {
  const read = text.split(',').flatMap((part) => {
    const [instructorId, role] = part.split(':')
    const teacher = v.safeParse(Teacher, { instructorId, role })
    return teacher.success ? [teacher.output] : []
  })
  return read.filter(
    (teacher, index) => read.findIndex(({ instructorId }) => instructorId === teacher.instructorId) === index,
  )
}
