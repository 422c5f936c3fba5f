import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

interface KeptFile {
  readonly url: string
  readonly revision: string | null
}

declare const self: ServiceWorkerGlobalScope & {
  /** Written by the build: every file of this version. */
  readonly __WB_MANIFEST: KeptFile[]
}

/** What only the server can answer: data and files, cookies for language and sign-in, and the pages' own parts. */
const SERVER_ONLY = [/^\/api\//, /^\/language\//, /^\/demo\//, /^\/icons\//, /\.[a-z]+$/]

/** Words of the pages of staff in languages that few of them read: kept by the devices that use them. */
const FEW_READ = /^assets\/main\.staff-words\.(en|ja-easy)-/
const WORDS = 'words'

const files = self.__WB_MANIFEST as readonly KeptFile[]
const words = files.filter(({ url }) => FEW_READ.test(url)).map(({ url }) => `/${url}`)
precacheAndRoute(files.filter(({ url }) => !FEW_READ.test(url)))
cleanupOutdatedCaches()

registerRoute(
  ({ url }) => words.includes(url.pathname),
  async ({ url: { pathname: path } }) => (await caches.match(path, { ignoreVary: true })) ?? fetch(path),
)

const languageOf = (url: string): string | null =>
  FEW_READ.exec(new URL(url, self.location.origin).pathname.slice(1))?.[1] ?? null

/** Keeps the words of a language. Throws when they cannot be fetched. */
async function keepWords(language: string | null): Promise<void> {
  const cache = await caches.open(WORDS)
  for (const url of words) if (languageOf(url) === language && !(await cache.match(url))) await cache.add(url)
}

/** A new version is complete only with the words that this device uses. */
async function keepSameLanguages(): Promise<void> {
  const kept = await (await caches.open(WORDS)).keys()
  await Promise.all([...new Set(kept.map(({ url }) => languageOf(url)))].map(keepWords))
}

async function dropOldWords(): Promise<void> {
  const cache = await caches.open(WORDS)
  const old = (await cache.keys()).filter(({ url }) => !words.includes(new URL(url).pathname))
  await Promise.all(old.map((request) => cache.delete(request)))
}

self.addEventListener('install', (event) => event.waitUntil(keepSameLanguages()))
self.addEventListener('activate', (event) => event.waitUntil(dropOldWords()))

// Each page starts from the same shell, out of the cache: a slow network never stands between a person and the screen.
// Only GET comes here; a form that is posted goes to the server.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/shell'), { denylist: SERVER_ONLY }))

// A new version waits until a person has said yes on the page.
self.addEventListener('message', (event) => {
  const said = event.data as { readonly type?: unknown; readonly language?: unknown } | null
  if (said?.type === 'SKIP_WAITING') void self.skipWaiting()
  if (said?.type === 'KEEP_WORDS') event.waitUntil(keepWords(String(said.language)).catch(() => undefined)) // asked again at each start
})
