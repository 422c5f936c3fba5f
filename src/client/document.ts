import { htmlLang, type Language } from '#pages/domain/language.ts'
import type { PageAssets, PageContext } from '#pages/domain/page.ts'
import type { Words } from './i18n.ts'
import type { PageHead } from './routes.ts'

/** What travels inside a page, so that the browser can go on where the server stopped. */
export interface PageState {
  readonly page: PageContext
  /** The words of its language; `null` in the shell, which is in none. */
  readonly words: Words | null
}

export interface DocumentParts {
  readonly head: PageHead
  readonly language: Language
  readonly state: PageState
  readonly body: string
  readonly assets: PageAssets
}

const STATE_ID = 'page-data'
const PRIMARY_COLOR = '#0017c1'
// Drawn here, so that a browser has no icon to ask for.
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'%3E%3Crect width='64' height='64' rx='14' fill='%230017c1'/%3E%3Cpath d='M16 12h32a8 8 0 0 1 8 8v18a8 8 0 0 1-8 8H34L22 56V46h-6a8 8 0 0 1-8-8V20a8 8 0 0 1 8-8z' fill='%23fff'/%3E%3Cpath d='M21 29l8 8 15-15' fill='none' stroke='%230017c1' stroke-width='6' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E"

// Whoever comes by for the first time reads one page and installs nothing: the manifest and its picture come with the frame,
// which is what staff get and what every later visit starts from.
const MANIFEST = '<link rel="manifest" href="/manifest.webmanifest">'

/** The whole page. Nothing in it is a script or a style of its own: the policy would refuse it. */
export function documentHtml({ head, language, state, body, assets }: DocumentParts): string {
  const title = escapeHtml(head.title)
  const description = escapeHtml(head.description ?? '')
  const isFrame = state.words === null
  return `<!doctype html><html lang="${htmlLang(language)}" data-language="${language}"><head><meta charset="utf-8">\
<title>${title}</title>\
<meta name="viewport" content="width=device-width,initial-scale=1">\
<link rel="stylesheet" href="${assets.style}">\
<script type="module" src="${assets.script}"></script>\
<meta name="description" content="${description}">\
<meta property="og:type" content="website">\
<meta property="og:title" content="${title}">\
<meta property="og:description" content="${description}">\
<meta property="og:site_name" content="よろず">\
<meta name="theme-color" content="${PRIMARY_COLOR}">\
<meta name="format-detection" content="telephone=no">\
<link rel="icon" href="${ICON}">\
${isFrame ? MANIFEST : ''}</head><body><div id="app">${body}</div>\
<script type="application/json" id="${STATE_ID}">${jsonInHtml(state)}</script></body></html>`
}

/** Reads in the browser what the server put into the page. */
export function readPageState(document: Document): PageState {
  return JSON.parse(document.getElementById(STATE_ID)?.textContent ?? 'null') as PageState
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For words between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** JSON that can stand inside a `script` element: without `<`, nothing in it can end the element or begin another one. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
