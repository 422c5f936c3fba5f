import type { SameKeys, Words } from '#client/i18n.ts'
import type { Language } from '#pages/domain/language.ts'
import type { words as adminJa } from './main.admin-words.ja.ts'
import type { words as bookingJa } from './main.booking-words.ja.ts'
import type { words as publicJa } from './main.words.ja.ts'
import type { words as staffJa } from './main.staff-words.ja.ts'

type PublicWords = typeof publicJa
type StaffWords = typeof staffJa
type BookingWords = typeof bookingJa
type AdminWords = typeof adminJa

declare module '#client/i18n.ts' {
  interface Catalogs extends PublicWords, StaffWords, BookingWords, AdminWords {}
}

type Load<Catalogs> = Readonly<Record<Language, () => Promise<{ readonly words: SameKeys<Catalogs> }>>>

// One file per language: nobody fetches words they cannot read.
const PUBLIC: Load<PublicWords> = {
  ja: () => import('./main.words.ja.ts'),
  en: () => import('./main.words.en.ts'),
  'ja-easy': () => import('./main.words.ja-easy.ts'),
}
const STAFF: Load<StaffWords> = {
  ja: () => import('./main.staff-words.ja.ts'),
  en: () => import('./main.staff-words.en.ts'),
  'ja-easy': () => import('./main.staff-words.ja-easy.ts'),
}

const BOOKING: Load<BookingWords> = {
  ja: () => import('./main.booking-words.ja.ts'),
  en: () => import('./main.booking-words.en.ts'),
  'ja-easy': () => import('./main.booking-words.ja-easy.ts'),
}

const ADMIN: Load<AdminWords> = {
  ja: () => import('./main.admin-words.ja.ts'),
  en: () => import('./main.admin-words.en.ts'),
  'ja-easy': () => import('./main.admin-words.ja-easy.ts'),
}

export async function loadPublicWords(language: Language): Promise<Words> {
  return (await PUBLIC[language]()).words
}

export async function loadStaffWords(language: Language): Promise<Words> {
  const { words } = await STAFF[language]()
  // The worker keeps Japanese by itself; what else is read here has to be said.
  if (language !== 'ja')
    void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ type: 'KEEP_WORDS', language }))
  return words
}

export async function loadBookingWords(language: Language): Promise<Words> {
  return (await BOOKING[language]()).words
}

export async function loadAdminWords(language: Language): Promise<Words> {
  return (await ADMIN[language]()).words
}
