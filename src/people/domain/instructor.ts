import * as v from 'valibot'
import { reference, words } from '#kernel/schema.ts'

/** 講師・補助員: someone who can teach or assist. The role is given per session. */
export const Instructor = v.strictObject({
  instructorId: reference<'instructor'>(),
  name: words(60),
  nameKana: words(80),
})
export type Instructor = v.InferOutput<typeof Instructor>
export type InstructorId = Instructor['instructorId']
