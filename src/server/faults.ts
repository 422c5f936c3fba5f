import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

/** Logs a fault of ours under a number to quote. Only where and what kind: an error's own words may hold what a person typed. */
export function logFault(error: unknown): string {
  const faultId = randomUUID()
  const { name, code, constraint, frames } = describe(error)
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), faultId, name, code, constraint, frames })}\n`)
  return faultId
}

/** The one place errors become HTTP: a request that the framework refused keeps its own status; all else is ours (500), with a number
 *  to quote. */
export function answerError(error: Error, c: Context): Response {
  if (error instanceof HTTPException && error.status < 500) return error.getResponse()
  return c.json({ code: 'fault', faultId: logFault(error) }, 500)
}

function describe(error: unknown): { name: string; code?: unknown; constraint?: unknown; frames: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, code, constraint, frames: frames.map((line) => line.trim()).slice(0, 8) }
}
