/** 日本語 / English / やさしい日本語. */
export const LANGUAGES = ['ja', 'en', 'ja-easy'] as const
export type Language = (typeof LANGUAGES)[number]

/** Holds the language a person chose. Not a secret: the page reads and sets it too, so that it can be changed without a network. */
export const LANGUAGE_COOKIE = 'lang'
export const LANGUAGE_COOKIE_AGE_S = 365 * 24 * 60 * 60

const BACK_MAX = 1000

/** The language of a cookie or an address; `null` for anything else. */
export function parseLanguage(text: string | undefined): Language | null {
  return LANGUAGES.find((language) => language === text) ?? null
}

/** The language of a whole `Cookie` header, or of `document.cookie`; `null` when nobody chose one here. */
export function languageInCookies(cookies: string): Language | null {
  const pairs = cookies.split(';').map((pair) => pair.trim().split('='))
  return parseLanguage(pairs.find(([name]) => name === LANGUAGE_COOKIE)?.[1])
}

/** What `lang` of HTML says: やさしい日本語 is Japanese to a screen reader. */
export function htmlLang(language: Language): 'ja' | 'en' {
  return language === 'en' ? 'en' : 'ja'
}

/** The address that chooses a language and comes back. It works without JavaScript. */
export function languagePath(language: Language, back: string): string {
  return `/language/${language}?back=${encodeURIComponent(back)}`
}

/** Where `back` may lead: a path of this site, never another one; `/` for anything else.
 *  Browsers read `//host` and `/\host` as another site, and leave out tabs and line breaks before they look. */
export function readBackPath(back: string | undefined): string {
  const isOurs = back !== undefined && back.length <= BACK_MAX && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(back)
  return isOurs && !back.startsWith('/language/') ? back : '/'
}
