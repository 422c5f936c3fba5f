import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { languageOf } from './pages.ts'
import { plainPage, type PlainWords } from './plain-page.ts'

/** Logs a fault of ours under a number to quote. Only where and what kind: an error's own words may hold what a person typed. */
export function logFault(error: unknown): string {
  const faultId = randomUUID()
  const { name, code, constraint, frames } = describe(error)
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), faultId, name, code, constraint, frames })}\n`)
  return faultId
}

const WORDS: PlainWords = {
  ja: {
    title: 'うまく表示できませんでした',
    lines: [
      '申し訳ありません。こちらの不具合です。少し待ってから、もう一度開いてください。',
      'お急ぎのときは、お電話（{{phone}}）でお受けします。番号「{{number}}」をお伝えいただくと、早く分かります。',
    ],
  },
  en: {
    title: 'Something went wrong on our side',
    lines: [
      'Sorry. Please wait a little and open the page again.',
      'You can also call us: {{phone}}. Please quote {{number}}.',
    ],
  },
  'ja-easy': {
    title: 'うまく 出ませんでした',
    lines: [
      'ごめんなさい。少し 待って、もう一度 開いて ください。',
      '電話（{{phone}}）も できます。番号は {{number}} です。',
    ],
  },
}

/** The one place errors become HTTP: a request that the framework refused keeps its own status; all else is ours (500), with a
 *  number to quote: a page for people, JSON for programs. `phone`: of the city. */
export function errorAnswers(phone: string): (error: Error, c: Context) => Response | Promise<Response> {
  return (error, c) => {
    if (error instanceof HTTPException && error.status < 500) return error.getResponse()
    const faultId = logFault(error)
    if (c.req.path.startsWith('/api/')) return c.json({ code: 'fault', faultId }, 500)
    return c.html(plainPage(WORDS, languageOf(c), { phone, number: faultId.slice(0, 8) }), 500)
  }
}

function describe(error: unknown): { name: string; code?: unknown; constraint?: unknown; frames: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, code, constraint, frames: frames.map((line) => line.trim()).slice(0, 8) }
}
