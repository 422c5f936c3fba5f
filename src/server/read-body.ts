import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'

const BODY_MAX_BYTES = 16 * 1024

/** Stands before routes that read a few words. */
export const smallBody = bodyLimit({
  maxSize: BODY_MAX_BYTES,
  onError: (c) => c.json({ code: 'unreadable_request' }, 400),
})

/** The body of a request as `schema` says; `null` when it is anything else. */
export async function readBody<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema> | null> {
  try {
    const read = v.safeParse(schema, await c.req.json())
    return read.success ? read.output : null
  } catch {
    return null
  }
}
