import type { PageRoute } from '#client/routes.ts'

/** /admin and below: people, phones, records. Only with a network, so none of it is kept on devices. A new page is a line here. */
export function createRoutes(): readonly PageRoute[] {
  return []
}
