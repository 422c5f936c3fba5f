import { createInstance, type i18n as I18next } from 'i18next'
import { createContext } from 'preact'
import { useContext, useMemo } from 'preact/hooks'
import { invariant } from '#kernel/invariant.ts'
import type { Language } from '#pages/domain/language.ts'

/** A catalog of another language: the same keys, other words. A missing key does not compile. */
export type SameKeys<Catalog> = {
  readonly [Key in keyof Catalog]: Catalog[Key] extends string ? string : SameKeys<Catalog[Key]>
}

/** All words of one language, by slice. */
export type Words = Readonly<Record<string, object>>

/** The Japanese catalog of each slice. Filled by `main.words.ts`, where the slices meet. */
export interface Catalogs {}
export type Namespace = keyof Catalogs

type KeyOf<Catalog> = {
  [Key in keyof Catalog & string]: Catalog[Key] extends string ? Key : `${Key}.${KeyOf<Catalog[Key]>}`
}[keyof Catalog & string]

/** Values for `{{name}}` in a text; `count` also chooses between `key_one` and `key_other` where a catalog has them. */
export type Values = Readonly<Record<string, string | number>>
export type Translate<Slice extends Namespace> = (key: KeyOf<Catalogs[Slice]>, values?: Values) => string

/** The words of one language, ready to use. */
export interface I18n {
  readonly language: Language
  of<Slice extends Namespace>(slice: Slice): Translate<Slice>
  has(slice: Namespace): boolean
  add(words: Words): void
}

/** One per language on the server, one per page in the browser. */
export function createI18n(language: Language, words: Words): I18n {
  // i18next knows BCP 47 only, so やさしい日本語 is Japanese to it. It decides plurals, nothing else.
  const lng = language === 'en' ? 'en' : 'ja'
  const engine: I18next = createInstance({
    lng,
    fallbackLng: false,
    resources: {},
    initAsync: false,
    interpolation: { escapeValue: false }, // Preact writes text nodes: nothing to escape twice
  })
  void engine.init()
  const add = (more: Words): void => {
    for (const [slice, catalog] of Object.entries(more)) engine.addResourceBundle(lng, slice, catalog)
  }
  add(words)
  return {
    language,
    add,
    has: (slice) => engine.hasResourceBundle(lng, slice),
    of: (slice) => engine.getFixedT(lng, slice) as unknown as (key: string, values?: Values) => string,
  }
}

export const I18nContext = createContext<I18n | null>(null)

export function useI18n(): I18n {
  const i18n = useContext(I18nContext)
  invariant(i18n !== null, 'a page is rendered inside a PageProvider')
  return i18n
}

/** The words of one slice: `t('key.path', { name })`. */
export function useTranslation<Slice extends Namespace>(slice: Slice): Translate<Slice> {
  const i18n = useI18n()
  return useMemo(() => i18n.of(slice), [i18n, slice])
}

export function useLanguage(): Language {
  return useI18n().language
}
