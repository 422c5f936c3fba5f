import * as v from 'valibot'
import { err, ok, type Result } from '#kernel/result.ts'
import { words } from '#kernel/schema.ts'

export type WordsProblem =
  | { readonly code: 'empty' | 'unprintable' }
  | { readonly code: 'too_long'; readonly maxLength: number }

/** Reads what a person typed into a field of words; says what is the matter rather than cutting anything off. */
export function readWords(text: string, maxLength: number): Result<string, WordsProblem> {
  const read = v.safeParse(words(maxLength), text)
  if (read.success) return ok(read.output)
  const types = new Set<string>(read.issues.map((issue) => issue.type))
  if (types.has('non_empty')) return err({ code: 'empty' })
  return types.has('max_length') ? err({ code: 'too_long', maxLength }) : err({ code: 'unprintable' })
}
