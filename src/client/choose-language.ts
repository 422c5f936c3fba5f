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
    const language = isPlainClick(event) ? languageOfLink(event.target) : null
    if (language === null) return
    event.preventDefault()
    const secure = location.protocol === 'https:' ? '; secure' : ''
    document.cookie = `${LANGUAGE_COOKIE}=${language}; path=/; max-age=${LANGUAGE_COOKIE_AGE_S}; samesite=lax${secure}`
    location.reload()
  }
  addEventListener('click', choose)
  return () => removeEventListener('click', choose)
}

/** With a key held down, people open another window: that is the browser's. */
function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
}

function languageOfLink(target: EventTarget | null): Language | null {
  const link = target instanceof Element ? target.closest('a') : null
  const [, wanted] = /^\/language\/([^/?]+)/.exec(link?.getAttribute('href') ?? '') ?? []
  return parseLanguage(wanted)
}
