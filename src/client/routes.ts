import type { ComponentType } from 'preact'
import { exec } from 'preact-iso/router'
import type { PageContext } from '#pages/domain/page.ts'
import type { I18n } from './i18n.ts'

/** What a page is called: in the tab, in a search, and where somebody passes it on. */
export interface PageHead {
  readonly title: string
  readonly description?: string
}

/** One page of the product. */
export interface PageRoute {
  /** `/sessions/:id`: the parts behind a colon become properties of the component. */
  readonly path: string
  // oxlint-disable-next-line typescript/no-explicit-any -- the properties are the parts of `path`, which no type can read here
  readonly component: ComponentType<any>
  readonly head: (i18n: I18n, page: PageContext) => PageHead
}

export interface RouteMatch {
  readonly route: PageRoute
  readonly params: Readonly<Record<string, string>>
}

/** The first page of the table that stands at this path. */
export function matchRoute(routes: readonly PageRoute[], path: string): RouteMatch | null {
  for (const route of routes) {
    const params = readParams(path, route.path)
    if (params !== null) return { route, params }
  }
  return null
}

function readParams(path: string, pattern: string): Readonly<Record<string, string>> | null {
  try {
    return exec(path, pattern)?.params ?? null
  } catch {
    return null // an address such as /sessions/%E3%81 that nobody can decode
  }
}
