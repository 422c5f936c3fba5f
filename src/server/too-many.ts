import type { Context } from 'hono'
import { languageOf } from './pages.ts'
import { plainPage, type PlainWords } from './plain-page.ts'

/** No page of the usual kind: it has to cost almost nothing. */
const WORDS: PlainWords = {
  ja: {
    title: '今、こみ合っています',
    lines: [
      '{{seconds}}秒ほど待ってから、もう一度開いてください。',
      'お急ぎのときは、お電話（{{phone}}）でもお受けします。',
    ],
  },
  en: {
    title: 'We are busy right now',
    lines: ['Please wait {{seconds}} seconds and open the page again.', 'If it is urgent, please call us: {{phone}}.'],
  },
  'ja-easy': {
    title: '今、人が 多いです',
    lines: ['{{seconds}}秒 待って、もう一度 開いて ください。', '急ぐ ときは、電話（{{phone}}）を して ください。'],
  },
}

/** 429 with the time to wait: a page for people, a typed refusal for programs. `phone`: of the city, checked at the start. */
export function answerTooMany(
  c: Context,
  { restS, phone }: { readonly restS: number; readonly phone: string },
): Response {
  if (c.req.path.startsWith('/api/')) return refuseTooMany(c, restS)
  c.header('Retry-After', String(restS))
  return c.html(plainPage(WORDS, languageOf(c), { seconds: String(restS), phone }), 429)
}

/** The same for a program: it waits as long by itself. */
export function refuseTooMany(c: Context, restS: number): Response {
  return c.json({ code: 'too_many_requests' }, 429, { 'Retry-After': String(restS) })
}
