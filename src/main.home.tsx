import type { PageRoute } from '#client/routes.ts'
import { BookingLink } from '#enrollment/client/booking-link.tsx'
import { MyBookings } from '#enrollment/client/my-bookings.tsx'
import { HomePage } from '#sessions/client/home-page.tsx'

/** The first page of everybody. It travels with the program itself; every other page is fetched when somebody goes there. */
export const homeRoutes: readonly PageRoute[] = [
  {
    path: '/',
    component: () => (
      <HomePage
        bookings={
          <>
            <MyBookings />
            <BookingLink />
          </>
        }
      />
    ),
    head: (i18n) => ({
      title: i18n.of('sessions')('home.title'),
      description: i18n.of('sessions')('home.description'),
    }),
  },
]
