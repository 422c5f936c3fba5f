import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & {
  /** Written by the build: every file of this version. */
  readonly __WB_MANIFEST: { readonly url: string; readonly revision: string | null }[]
}

/** What only the server can answer: data and files, cookies for language and sign-in, and the pages' own parts. */
const SERVER_ONLY = [/^\/api\//, /^\/language\//, /^\/demo\//, /^\/icons\//, /\.[a-z]+$/]

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

// Each page starts from the same shell, out of the cache: a slow network never stands between a person and the screen.
// Only GET comes here; a form that is posted goes to the server.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/shell'), { denylist: SERVER_ONLY }))

// A new version waits until a person has said yes on the page.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})
