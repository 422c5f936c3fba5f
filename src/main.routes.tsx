import type { PageRoute } from '#client/routes.ts'
import { formatDay } from '#client/format-date.ts'
import { MyBookings } from '#enrollment/client/my-bookings.tsx'
import { SignUp } from '#enrollment/client/sign-up.tsx'
import { HomePage } from '#sessions/client/home-page.tsx'
import { SessionPage } from '#sessions/client/session-page.tsx'
import type { SessionId } from '#sessions/domain/session.ts'

/** Pages for everybody: rendered by the server with their words, then alive in the browser. A new public page is a line here. */
export const publicRoutes: readonly PageRoute[] = [
  {
    path: '/',
    component: () => <HomePage bookings={<MyBookings />} />,
    head: (i18n) => ({
      title: i18n.of('sessions')('home.title'),
      description: i18n.of('sessions')('home.description'),
    }),
  },
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
