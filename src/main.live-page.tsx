import { useLocation } from 'preact-iso/router'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type I18n, useTranslation } from '#client/i18n.ts'
import { notFoundRoute } from '#client/not-found-page.tsx'
import { type Device, PageProvider, usePage } from '#client/page-context.tsx'
import { PageShell } from '#client/page-shell.tsx'
import { readHolder, readPhoneNews, roleOnDevice } from '#client/role-on-device.ts'
import { matchRoute, type PageRoute } from '#client/routes.ts'
import { UpdateBanner } from '#client/update-banner.tsx'
import type { Updates } from '#client/updates.ts'
import { type Chunk, useChunk } from '#client/use-chunk.ts'
import { useLive, useObservable } from '#client/use-live.ts'
import type { Observable } from '#client/observable.ts'
import type { Instant } from '#kernel/time.ts'
import type { Role } from '#login/domain/roles.ts'
import type { PageContext } from '#pages/domain/page.ts'
import type { SyncStatus } from '#sync/client/sync-status.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import type { Sayings } from './main.device.tsx'
import { homeRoutes } from './main.home.tsx'

/** The beginning of an address, and the part of the program behind it. */
const AREA_OF = {
  sessions: 'signUp',
  booking: 'booking',
  hall: 'hall',
  office: 'office',
  device: 'device',
  admin: 'admin',
  'sign-in': 'entry',
  pair: 'entry',
} as const
type Area = (typeof AREA_OF)[keyof typeof AREA_OF]

/** The part of the program behind an address; `null` for the first page, which is always there. */
export function areaOf(path: string): Area | null {
  const [, word = ''] = path.split('/')
  return Object.hasOwn(AREA_OF, word) ? AREA_OF[word as keyof typeof AREA_OF] : null
}

/** Everything that lives as long as the page is open. */
export interface Program {
  readonly device: Device
  readonly status: Observable<SyncStatus>
  readonly updates: Updates
  readonly i18n: I18n
  readonly now: () => Instant
  /** Pages that are fetched when somebody goes there. */
  readonly areas: Readonly<Record<Area, Chunk<readonly PageRoute[]>>>
  /** What this device says about itself. */
  readonly says: Chunk<Sayings>
}

const CLOCK_MS = 60_000
const HOME: Chunk<readonly PageRoute[]> = { current: homeRoutes, load: () => Promise.resolve(homeRoutes) }

/** The page at the current address. Its first render is, word for word, what the server has written. */
export function LivePage({ first, program }: { readonly first: PageContext; readonly program: Program }) {
  const { device, i18n } = program
  const { url, path: location } = useLocation()
  const firstUrl = useRef(url).current
  const path = url === firstUrl ? first.path : location
  const data = url === firstUrl ? first.data : null
  const now = useClock(first.now, program.now)
  const role = useRole(device, first.role)
  const page = useMemo(() => ({ ...first, path, now, role, data }), [first, path, now, role, data])
  return (
    <PageProvider page={page} i18n={i18n} device={device}>
      <Around program={program}>
        <CurrentPage program={program} url={url} />
      </Around>
    </PageProvider>
  )
}

interface AroundProps {
  readonly program: Program
  readonly children: ComponentChildren
}

/** The frame with what this device has to say. By itself, so that a page is not drawn again whenever something was sent. */
function Around({ program, children }: AroundProps) {
  const { role, path } = usePage()
  const { waiting, attention } = useObservable(program.status)
  // Residents with nothing to send never fetch this part: they have nothing to be told.
  const isAtWork = role !== 'resident' || /^\/(office|admin)(\/|$)/.test(path)
  const hasNews = useLive(program.device.db, readPhoneNews, []) != null
  const { part } = useChunk(program.says, isAtWork || hasNews || waiting + attention > 0)
  const news = (
    <>
      <UpdateBanner updates={program.updates} />
      {part && <part.SignInAgain />}
      {part && <part.Answers />}
    </>
  )
  return (
    <PageShell status={part && <part.Status />} news={news}>
      {children}
    </PageShell>
  )
}

function CurrentPage({ program, url }: { readonly program: Program; readonly url: string }) {
  const page = usePage()
  const area = areaOf(page.path)
  const chunk = useChunk(area === null ? HOME : program.areas[area], true)
  const isReady = chunk.state === 'ready'
  const { route, params } = matchRoute(chunk.part ?? [], page.path) ?? { route: notFoundRoute, params: {} }
  useArrival({ url, title: isReady ? route.head(program.i18n, page).title : null })
  if (!isReady) return <Fetching isMissing={chunk.state === 'missing'} onRetry={chunk.retry} />
  const Component = route.component
  return <Component key={page.path} {...params} />
}

function Fetching({ isMissing, onRetry }: { readonly isMissing: boolean; readonly onRetry: () => void }) {
  const t = useTranslation('shell')
  if (!isMissing) return <p role="status">{t('loading')}</p>
  return (
    <Banner kind="warning" kindWord={t('chunk.kind')} heading={t('chunk.heading')}>
      <p>{t('chunk.text')}</p>
      <Button kind="outline" size="small" onClick={onRetry}>
        {t('chunk.retry')}
      </Button>
    </Banner>
  )
}

/** After a step to another page: its name in the tab, the beginning of the page on the screen and under a screen reader. */
function useArrival({ url, title }: { readonly url: string; readonly title: string | null }): void {
  const t = useTranslation('shell')
  const { wasPush } = useLocation() as { readonly wasPush?: boolean } // there, but missing in the router's types
  const last = useRef(url)
  useEffect(() => {
    if (title !== null) document.title = t('title', { page: title })
  }, [t, title])
  useEffect(() => {
    if (last.current === url) return
    last.current = url
    const { hash } = window.location
    const target = document.getElementById(hash.slice(1) || 'main')
    target?.focus({ preventScroll: true })
    if (hash) target?.scrollIntoView()
    else if (wasPush) scrollTo(0, 0) // on the way back, the browser returns to where one was
  }, [url, wasPush])
}

function useClock(first: Instant, read: () => Instant): Instant {
  const [now, setNow] = useState(first)
  useEffect(() => {
    const tick = (): void => setNow(read())
    tick()
    const timer = setInterval(tick, CLOCK_MS)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [read])
  return now
}

function useRole(device: Device, first: Role): Role {
  const held = roleOnDevice(useLive(device.db, readHolder, []) ?? null)
  return held === 'resident' ? first : held
}
