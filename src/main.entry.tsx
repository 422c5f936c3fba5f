import type { PageRoute } from '#client/routes.ts'

/** /sign-in and /pair: how staff and volunteers come in. A new page is a line here. */
export function createRoutes(): readonly PageRoute[] {
  return []
}
