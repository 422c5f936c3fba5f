import { hydrate, render } from 'preact'
import { LocationProvider } from 'preact-iso/router'
import { followLanguageLinks, languageOf } from '#client/choose-language.ts'
import { readPageState } from '#client/document.ts'
import { createI18n, type I18n } from '#client/i18n.ts'
import { createKeyring } from '#client/keyring.ts'
import { type LocalDb, openLocalDb } from '#client/local-db.ts'
import type { Observable } from '#client/observable.ts'
import { readHolder, roleOnDevice } from '#client/role-on-device.ts'
import { createSealedDb } from '#client/sealed-db.ts'
import { watchUpdates } from '#client/updates.ts'
import { createChunk } from '#client/use-chunk.ts'
import { htmlLang, type Language } from '#pages/domain/language.ts'
import type { Role } from '#login/domain/roles.ts'
import type { PageContext } from '#pages/domain/page.ts'
import { type NewsStream, openServerNews } from '#sync/client/news.ts'
import { createRecorder } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import { startSync } from '#sync/client/sync-loop.ts'
import { sendToServer } from '#sync/client/sync-once.ts'
import { readCounts, type SyncStatus } from '#sync/client/sync-status.ts'
import { areaOf, LivePage, type Program } from './main.live-page.tsx'
import { loadAdminWords, loadBookingWords, loadPublicWords, loadStaffWords } from './main.words.ts'

/** What the router leaves to the server: language and sign-in links set cookies, `/api` answers files. */
const PAGES_ONLY = /^\/(?!(api|language|demo)\/)/

/** The file this is served as: its name tells one build from another. */
const OWN_NAME = import.meta.url.replace(/^.*\//, '')

/** Brings the page alive: what the server has written stays as it is, and from now on this device renders. */
export async function start(): Promise<void> {
  const state = readPageState(document)
  const language = languageOf(document, state.page.data?.page !== 'shell')
  const i18n = createI18n(language, state.words ?? (await loadPublicWords(language)))
  const program = createProgram(i18n, state.page.role)
  const first = { ...state.page, ...(state.words === null && hereNow(language)) }
  const page = (
    <LocationProvider scope={PAGES_ONLY}>
      <LivePage first={first} program={program} />
    </LocationProvider>
  )
  const area = areaOf(first.path)
  // Words that are on the screen stay there: without its part of the program, the page is not touched.
  if (state.words !== null && area !== null) await program.areas[area].load()
  const root = document.getElementById('app')
  if (root === null) return
  followLanguageLinks()
  if (state.words === null) render(page, root)
  else hydrate(page, root)
}

/** The frame was made for any address, language and time; a page is for one. */
function hereNow(language: Language): Pick<PageContext, 'language' | 'path' | 'now' | 'data'> {
  document.documentElement.lang = htmlLang(language)
  document.documentElement.dataset['language'] = language
  return { language, path: location.pathname, now: browserSurroundings.now(), data: null }
}

function createProgram(i18n: I18n, role: Role): Program {
  const store = openLocalDb()
  const keyring = createKeyring(store)
  const db = createSealedDb(store, keyring)
  const recorder = createRecorder({ db, ...browserSurroundings })
  // Asked for before the loop stands, hence one turn later.
  const openNews = () => Promise.resolve().then(() => openStaffNews(db, role, contact))
  const sync = startSync({ db, send: sendToServer, openNews, program: OWN_NAME, ...browserSurroundings })
  const contact = firstContact(sync.status)
  const seal = (): void => void db.sealLeftovers().catch(() => {}) // the next start tries again
  void contact.then(seal)
  keyring.state.subscribe(() => {
    sync.wake()
    seal()
    if (keyring.state.current !== 'open') void watchPhone()
  })
  const isAllSent = async (): Promise<boolean> => (await readCounts(db)).waiting === 0
  const parts = { device: { db, recorder }, status: sync.status, wake: sync.wake, keyring }
  let watching: Promise<unknown> | null = null
  const watchPhone = () =>
    (watching ??= import('./main.phone.tsx').then(
      ({ watch }) => watch(parts),
      () => (watching = null), // no network and not kept: the next unlocking asks again
    ))
  const withWords = <Part,>(load: () => Promise<Part>, loadWords = loadStaffWords) =>
    createChunk(async () => {
      const [part, words] = await Promise.all([load(), loadWords(i18n.language)])
      i18n.add(words)
      return part
    })
  return {
    ...parts,
    i18n,
    now: browserSurroundings.now,
    updates: watchUpdates({ canActivate: () => isAllSent().catch(() => false) }),
    areas: {
      signUp: createChunk(async () => {
        void import('#client/sealing.ts').catch(() => {}) // so that words typed after the network has gone are kept as well
        return (await import('./main.sign-up.tsx')).signUpRoutes
      }),
      booking: withWords(async () => (await import('./main.booking.tsx')).bookingRoutes, loadBookingWords),
      hall: withWords(async () => (await import('./main.hall.tsx')).createRoutes(parts)),
      office: withWords(async () => (await import('./main.office.tsx')).createRoutes()),
      admin: withWords(async () => (await import('./main.admin.tsx')).createRoutes(parts), loadAdminWords),
      entry: withWords(async () => (await import('./main.entry.tsx')).createRoutes(parts)),
      device: withWords(async () => (await import('./main.device.tsx')).createRoutes(parts)),
    },
    says: withWords(async () => (await import('./main.device.tsx')).createSayings(parts)),
  }
}

/** Who works with others is told at once what they did. Residents look every half minute: thousands of them hold no connection. */
async function openStaffNews(db: LocalDb, role: Role, contact: Promise<void>): Promise<NewsStream | null> {
  await contact
  const isStaff = role !== 'resident' || roleOnDevice(await readHolder(db)) !== 'resident'
  return isStaff ? openServerNews(db, browserSurroundings) : null
}

/** The end of the first round trip. Before it, this device may not know yet what was granted to it. */
function firstContact(status: Observable<SyncStatus>): Promise<void> {
  return new Promise((resolve) => {
    let isSending = false
    const stop = status.subscribe(({ state }) => {
      if (state === 'sending') isSending = true
      if (state === 'sending' || !isSending) return
      stop()
      resolve()
    })
  })
}
