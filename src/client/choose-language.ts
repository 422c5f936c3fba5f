import { LANGUAGE_COOKIE, LANGUAGE_COOKIE_AGE_S, languageInCookies, parseLanguage } from '#pages/domain/language.ts'
import type { Language } from '#pages/domain/language.ts'

/** The language of the page that stands here: as it was sent, or as chosen before when it stands in none yet. */
export function languageOf(document: Document, isInLanguage: boolean): Language {
  const sent = parseLanguage(document.documentElement.dataset['language']) ?? 'ja'
  return isInLanguage ? sent : (languageInCookies(document.cookie) ?? sent)
}

/** Lets the language links of a page work without a network: the cookie is set here and the page opened again. */
export function followLanguageLinks(): () => void {
  const choose = (event: MouseEvent): void => {
    const hasModifier = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (event.button !== 0 || hasModifier) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const [, wanted] = /^\/language\/([^/?]+)/.exec(link?.getAttribute('href') ?? '') ?? []
    const language = parseLanguage(wanted)
    if (language === null) return
    event.preventDefault()
    const secure = location.protocol === 'https:' ? '; secure' : ''
    document.cookie = `${LANGUAGE_COOKIE}=${language}; path=/; max-age=${LANGUAGE_COOKIE_AGE_S}; samesite=lax${secure}`
    location.reload()
  }
  addEventListener('click', choose)
  return () => removeEventListener('click', choose)
}
