import { ROLES, OFFICE, type Role, STAFF_ROLES } from './roles.ts'

/** Who may ask what of the server, in one place. A route without a line here is answered with 404, and fails a test. */
export interface RouteRule {
  readonly roles: readonly Role[]
  /** `public`: the same for everybody. `own`: of whoever asks, by what only they have. `city`: of this city. */
  readonly of: 'public' | 'own' | 'city'
  /** The names of everything its JSON may hold, at any depth. Missing: it answers a page, a file, or nothing. */
  readonly fields?: readonly string[]
}

const PAGE = { roles: ROLES, of: 'public' } as const satisfies RouteRule

/** Every route of the product: method and path, as the router knows them. */
export const ROUTES: Readonly<Record<string, RouteRule>> = {
  'GET /': PAGE,
  'GET /sessions/:id': PAGE,
  'POST /sessions/:id/enroll': PAGE,
  'GET /booking': PAGE,
  'POST /booking': { roles: ROLES, of: 'own' },
  'GET /language/:language': PAGE,
  'GET /shell': PAGE,
  'GET /demo/:role/:token': { roles: ROLES, of: 'own' },
  // Frames without words: what they show comes from the device, or from the routes below.
  'GET /hall/*': PAGE,
  'GET /office/*': PAGE,
  'GET /device/*': PAGE,
  'GET /admin/*': PAGE,
  'GET /sign-in/*': PAGE,
  'GET /pair/*': PAGE,
  'POST /api/sync': { roles: ROLES, of: 'own' },
  'GET /api/poke': { roles: ROLES, of: 'own' },
  'GET /api/office/sessions/:id/enrollments': { roles: OFFICE, of: 'city' },
  'GET /api/kpi/:year': { roles: STAFF_ROLES, of: 'city' },
  'GET /api/kpi/:year/:indicatorId': { roles: OFFICE, of: 'city' }, // the rows carry names
  'GET /api/training/trainees': { roles: OFFICE, of: 'city' },
}
