import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { invariant } from '#kernel/invariant.ts'
import type { PageContext, PageData } from '#pages/domain/page.ts'
import type { LocalDb } from './local-db.ts'
import { type I18n, I18nContext } from './i18n.ts'
import type { Recorder } from './recorder.ts'

/** What a page can do once it is alive in a browser. */
export interface Device {
  readonly db: LocalDb
  readonly recorder: Recorder
}

const Page = createContext<PageContext | null>(null)
const DeviceContext = createContext<Device | null>(null)

interface Props {
  readonly page: PageContext
  readonly i18n: I18n
  /** `null` on the server. */
  readonly device: Device | null
  readonly children: ComponentChildren
}

/** Around everything that is rendered, on both ends. */
export function PageProvider({ page, i18n, device, children }: Props) {
  return (
    <I18nContext.Provider value={i18n}>
      <DeviceContext.Provider value={device}>
        <Page.Provider value={page}>{children}</Page.Provider>
      </DeviceContext.Provider>
    </I18nContext.Provider>
  )
}

/** City, language, role, path, and the moment to compare days with: the same on the server and in the first render of the browser. */
export function usePage(): PageContext {
  const page = useContext(Page)
  invariant(page !== null, 'a page is rendered inside a PageProvider')
  return page
}

/** What the server sent along for this page; `null` when the page was opened from the device. */
export function usePageData<Name extends PageData['page']>(name: Name): Extract<PageData, { page: Name }> | null {
  const { data } = usePage()
  return data?.page === name ? (data as Extract<PageData, { page: Name }>) : null
}

/** Store and recorder of this device; `null` on the server. */
export function useDevice(): Device | null {
  return useContext(DeviceContext)
}
