import { renderToString } from 'preact-render-to-string'
import { documentHtml } from '#client/document.ts'
import { createI18n, type I18n, type Words } from '#client/i18n.ts'
import { notFoundRoute } from '#client/not-found-page.tsx'
import { PageProvider } from '#client/page-context.tsx'
import { PageShell } from '#client/page-shell.tsx'
import { matchRoute, type RouteMatch } from '#client/routes.ts'
import type { Language } from '#pages/domain/language.ts'
import type { CreateRenderer, PageAssets, PageContext, PageRequest, RenderedPage } from '#pages/domain/page.ts'
import { bookingRoutes } from './main.booking.tsx'
import { words as bookingEn } from './main.booking-words.en.ts'
import { words as bookingJa } from './main.booking-words.ja.ts'
import { words as bookingJaEasy } from './main.booking-words.ja-easy.ts'
import { homeRoutes } from './main.home.tsx'
import { signUpRoutes } from './main.sign-up.tsx'
import { words as en } from './main.words.en.ts'
import { words as ja } from './main.words.ja.ts'
import { words as jaEasy } from './main.words.ja-easy.ts'

const WORDS: Readonly<Record<Language, Words>> = { ja, en, 'ja-easy': jaEasy }
const BOOKING_WORDS: Readonly<Record<Language, Words>> = { ja: bookingJa, en: bookingEn, 'ja-easy': bookingJaEasy }
const I18N: Readonly<Record<Language, I18n>> = {
  ja: createI18n('ja', { ...ja, ...bookingJa }),
  en: createI18n('en', { ...en, ...bookingEn }),
  'ja-easy': createI18n('ja-easy', { ...jaEasy, ...bookingJaEasy }),
}

/** Pages for everybody. They come from the server with their words; a new one is a line in one of these. */
const publicRoutes = [...homeRoutes, ...signUpRoutes, ...bookingRoutes]

/** Where pages become words on the server: the same components as in the browser, once, without waiting for anything. */
export const createRenderer: CreateRenderer = (assets) => (request) => render(request, assets)

function render({ status, ...page }: PageRequest, assets: PageAssets): RenderedPage {
  const { language, data } = page
  if (data?.page === 'shell' || data?.page === 'staff') return { html: frame(page, assets), status: status ?? 200 }
  const match = matchPage(page)
  const i18n = I18N[language]
  const head = match.route.head(i18n, page)
  const words = { ...WORDS[language], ...(bookingRoutes.includes(match.route) && BOOKING_WORDS[language]) }
  const state = { page, words }
  const html = documentHtml({ head, language, state, body: bodyOf(page, match, i18n), assets })
  return { html, status: status ?? (match.route === notFoundRoute ? 404 : 200) }
}

function matchPage(page: PageContext): RouteMatch {
  const found = page.data?.page === 'notFound' ? null : matchRoute(publicRoutes, page.path)
  return found ?? { route: notFoundRoute, params: {} }
}

function bodyOf(page: PageContext, { route, params }: RouteMatch, i18n: I18n): string {
  const Component = route.component
  return renderToString(
    <PageProvider page={page} i18n={i18n} device={null}>
      <PageShell>
        <Component {...params} />
      </PageShell>
    </PageProvider>,
  )
}

/** An empty page with everything a device needs to draw it by itself. */
function frame(page: PageContext, assets: PageAssets): string {
  const head = { title: I18N[page.language].of('shell')('product') }
  return documentHtml({ head, language: page.language, state: { page, words: null }, body: '', assets })
}
