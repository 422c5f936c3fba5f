import { formatDay } from '#client/format-date.ts'
import type { PageRoute } from '#client/routes.ts'
import { SignUp } from '#enrollment/client/sign-up.tsx'
import { SessionPage } from '#sessions/client/session-page.tsx'
import type { SessionId } from '#sessions/domain/session.ts'

/** /sessions/:id: one session, and the way to a seat. Apart from the list, so that whoever only looks fetches no form. */
export const signUpRoutes: readonly PageRoute[] = [
  {
    path: '/sessions/:id',
    component: ({ id }: { readonly id: SessionId }) => (
      <SessionPage sessionId={id} signUp={(state) => <SignUp sessionId={id} {...state} />} />
    ),
    head: (i18n, { data }) => {
      const session = data?.page === 'session' ? data.session : null
      if (session === null) return { title: i18n.of('sessions')('home.title') }
      const description = `${formatDay(session.heldOn, i18n.language)} ${session.venueName}`
      return { title: session.title, description }
    },
  },
]
