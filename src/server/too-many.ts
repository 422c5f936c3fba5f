import type { Context } from 'hono'
import type { Language } from '#pages/domain/language.ts'
import { languageOf } from './pages.ts'

/** No page of the usual kind: it has to cost almost nothing. */
const WORDS: Readonly<
  Record<Language, { readonly lang: string; readonly title: string; readonly lines: readonly string[] }>
> = {
  ja: {
    lang: 'ja',
    title: '今、こみ合っています',
    lines: [
      '{{seconds}}秒ほど待ってから、もう一度開いてください。',
      'お急ぎのときは、お電話（{{phone}}）でもお受けします。',
    ],
  },
  en: {
    lang: 'en',
    title: 'We are busy right now',
    lines: ['Please wait {{seconds}} seconds and open the page again.', 'If it is urgent, please call us: {{phone}}.'],
  },
  'ja-easy': {
    lang: 'ja',
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
  const { lang, title, lines } = WORDS[languageOf(c)]
  const said = lines.map((line) => `<p>${line.replace('{{seconds}}', String(restS)).replace('{{phone}}', phone)}</p>`)
  return c.html(
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>\
<meta name="viewport" content="width=device-width,initial-scale=1"></head>\
<body><main><h1>${title}</h1>${said.join('')}</main></body></html>`,
    429,
  )
}

/** The same for a program: it waits as long by itself. */
export function refuseTooMany(c: Context, restS: number): Response {
  return c.json({ code: 'too_many_requests' }, 429, { 'Retry-After': String(restS) })
}
