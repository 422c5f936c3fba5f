import type { Context } from 'hono'
import type { Uuid } from '#kernel/uuid.ts'
import type { City, PageData, RenderPage } from '#pages/domain/page.ts'
import type { ServerKit } from '#server/kit.ts'
import { answerPage, languageOf } from '#server/pages.ts'
import type { Operation, Outcome } from '#sync/domain/protocol.ts'

/** What pages need besides the kit: the city's words, the renderer, and a way to say an operation for a plain form. */
export interface PagesKit extends ServerKit {
  readonly cityWords: City
  readonly renderPage: RenderPage
  readonly submit: (operation: Operation, deviceId: Uuid) => Promise<Outcome>
}

/** Answers with a page in the reader's language. `path` is that of the page a form stands on, when it is not the request's own. */
export async function showPage(
  c: Context,
  kit: PagesKit,
  data: PageData,
  { path = c.req.path, status }: { readonly path?: string; readonly status?: number } = {},
): Promise<Response> {
  const rendered = kit.renderPage({
    city: kit.cityWords,
    language: languageOf(c),
    path,
    role: (await kit.whoIs(c)).role,
    now: kit.now(),
    data,
    ...(status === undefined ? {} : { status }),
  })
  return answerPage(c, rendered)
}
