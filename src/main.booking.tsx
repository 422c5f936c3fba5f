import type { PageRoute } from '#client/routes.ts'
import { BookingPage } from '#enrollment/client/booking-page.tsx'

/** /booking: one's own booking. Fetched when somebody goes there. */
export const bookingRoutes: readonly PageRoute[] = [
  { path: '/booking', component: BookingPage, head: (i18n) => ({ title: i18n.of('booking')('title') }) },
]
