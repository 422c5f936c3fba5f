/** One instructor or assistant for every 4 learners; a city may set another ratio. Source: docs/rules.md#seats */
export const LEARNERS_PER_TEACHER = 4

/** Seats = min(capacity, ratio × instructors and assistants). */
export function seatsOf(
  session: { readonly capacity: number; readonly teacherCount: number },
  learnersPerTeacher: number,
): number {
  return Math.min(session.capacity, learnersPerTeacher * session.teacherCount)
}
