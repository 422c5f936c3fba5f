import {
  AUDIT_FIELDS,
  DEVICE_LEDGER_FIELDS,
  ENROLLMENT_FIELDS,
  KPI_FIELDS,
  KPI_ROW_FIELDS,
  OUTBOX_FILE_FIELDS,
  SESSION_PHONES_FIELDS,
  SYNC_FIELDS,
  TRAINEE_FIELDS,
  named,
} from './answer-fields.ts'
import { ADMIN, ROLES, OFFICE, type Role, STAFF_ROLES } from './roles.ts'

/** Who may ask what of the server, in one place. A route without a line here is answered with 404, and fails a test. */
export interface RouteRule {
  readonly roles: readonly Role[]
  /** `public`: the same for everybody. `own`: of whoever asks, by what only they have. `city`: of this city. */
  readonly of: 'public' | 'own' | 'city'
  /** The names of everything its JSON may hold, at any depth. Missing: it answers a page, a file, or nothing. */
  readonly fields?: readonly string[]
}

/** What a browser is asked with (WebAuthn Level 3), then what it is asked with for a new passkey: none of it is a secret. */
const ASKED = ['options', 'challenge', 'timeout', 'extensions', 'hints', 'code'] as const
const NEW_PASSKEY = [
  ...named('rp user id name displayName pubKeyCredParams alg type excludeCredentials transports'),
  ...named('authenticatorSelection residentKey requireResidentKey userVerification attestation credProps'),
] as const

/** Everything that is held about one person (people/domain/dossier.ts). */
const DOSSIER = [
  ...named('person learnerId name nameKana phone ageBand firstMetAt stoppedAt erasedAt'),
  ...named('source keptUntil enrollments enrollmentId title heldOn receiptNumber channel requestedAt'),
  ...named('state upcoming attendances sessionId firstMarkedAt walkIn certification certifiedOn number'),
  ...named('lists holder sinceAt untilAt changes id at reason halves merges mergeIds intoLearnerId mergedAt'),
] as const

const PAGE = { roles: ROLES, of: 'public' } as const satisfies RouteRule

const PHONE = [
  'name',
  'nameKana',
  'pairedAt',
  'lastContactAt',
  'unsentCount',
  'endedAt',
  'reason',
  'wipedAt',
  'code',
] as const
const LIST = ['lists', 'sessionId', 'title', 'heldOn', 'startTime'] as const

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
  'POST /api/sync': { roles: ROLES, of: 'own', fields: SYNC_FIELDS },
  'GET /api/poke': { roles: ROLES, of: 'public', fields: ['code'] }, // says «there is news» and nothing else
  'GET /api/health': { roles: ROLES, of: 'public', fields: ['ready'] }, // for whoever spreads requests over several processes
  'POST /api/sign-in/options': {
    roles: ROLES,
    of: 'own',
    fields: [...ASKED, 'rpId', 'allowCredentials', 'userVerification'],
  },
  'POST /api/sign-in': { roles: ROLES, of: 'own', fields: ['role', 'code'] },
  'POST /api/sign-out': { roles: ROLES, of: 'own', fields: ['code'] },
  'POST /api/join/options': { roles: ROLES, of: 'own', fields: [...ASKED, ...NEW_PASSKEY, 'purpose'] },
  'POST /api/join': { roles: ROLES, of: 'own', fields: ['role', 'code'] },
  'GET /api/account': {
    roles: STAFF_ROLES,
    of: 'own',
    fields: [
      ...named('name role passkeys credentialId label createdAt lastUsedAt logins loginId'),
      ...named('browser openedAt lastSeenAt isThis code'),
    ],
  },
  'POST /api/account/logins/end': { roles: STAFF_ROLES, of: 'own', fields: ['code'] },
  'POST /api/account/passkeys/options': { roles: STAFF_ROLES, of: 'own', fields: [...ASKED, ...NEW_PASSKEY] },
  'POST /api/account/passkeys': { roles: STAFF_ROLES, of: 'own', fields: ['code'] },
  'POST /api/account/passkeys/remove': { roles: STAFF_ROLES, of: 'own', fields: ['code'] },
  'POST /api/pair': { roles: ROLES, of: 'own', fields: ['name', 'code', 'restS'] },
  'POST /api/pair/leave': { roles: ROLES, of: 'own', fields: ['ended', 'code'] },
  'POST /api/people/search': {
    roles: OFFICE,
    of: 'city',
    fields: ['hits', 'learnerId', 'name', 'nameKana', 'phone', 'stopped', 'more', 'code'],
  },
  'GET /api/people/:id': {
    roles: OFFICE,
    of: 'city',
    fields: [
      ...DOSSIER,
      'erasure',
      'operationCount',
      'recordCount',
      'enrollmentCount',
      'attendanceCount',
      'certificationCount',
      'code',
    ],
  },
  'GET /api/people/:id/export/:format': { roles: OFFICE, of: 'city', fields: [...DOSSIER, 'code'] },
  'GET /api/privacy': {
    roles: ADMIN,
    of: 'city',
    fields: [
      ...named('peopleCount erasedCount level retention kind heldCount dueCount nextOn nextCount'),
      ...named('register name value'),
    ],
  },
  'GET /api/privacy/register.csv': { roles: ADMIN, of: 'city' },
  'GET /api/office/sessions/:id/enrollments': { roles: OFFICE, of: 'city', fields: ENROLLMENT_FIELDS },
  'GET /api/office/sessions/:id/phones': { roles: STAFF_ROLES, of: 'city', fields: SESSION_PHONES_FIELDS },
  'GET /api/office/devices': { roles: STAFF_ROLES, of: 'city', fields: DEVICE_LEDGER_FIELDS },
  'POST /api/office/outbox-file': { roles: OFFICE, of: 'city', fields: OUTBOX_FILE_FIELDS },
  'GET /api/kpi/:year': { roles: STAFF_ROLES, of: 'city', fields: KPI_FIELDS },
  'GET /api/kpi/:year/:indicatorId': { roles: OFFICE, of: 'city', fields: KPI_ROW_FIELDS }, // the rows carry names
  'GET /api/training/trainees': { roles: OFFICE, of: 'city', fields: TRAINEE_FIELDS },
  'GET /api/admin/phones': {
    roles: OFFICE,
    of: 'city',
    fields: [...PHONE, ...LIST, 'people', 'instructorId', 'phones', 'ended', 'pairingId'],
  },
  'POST /api/admin/phones/code': { roles: OFFICE, of: 'city', fields: ['code', 'token', 'expiresAt'] },
  'POST /api/admin/phones/end': { roles: OFFICE, of: 'city', fields: ['ended', 'code'] },
  'GET /api/admin/phones/:pairingId/held': {
    roles: OFFICE,
    of: 'city',
    fields: [...PHONE, ...LIST, 'people', 'peopleCount'],
  },
  'GET /api/admin/audit': { roles: ADMIN, of: 'city', fields: AUDIT_FIELDS },
  'GET /api/admin/audit/file': { roles: ADMIN, of: 'city', fields: ['code'] },
  'POST /api/admin/audit/check': { roles: ADMIN, of: 'city', fields: AUDIT_FIELDS },
  'GET /api/admin/staff': {
    roles: ADMIN,
    of: 'city',
    fields: [
      ...named('self staff staffId name role disabledAt instructorId lastSignInAt passkeyCount'),
      ...named('secondWay instructors nameKana'),
    ],
  },
  'POST /api/admin/staff/invite': { roles: ADMIN, of: 'city', fields: ['path', 'expiresAt', 'code'] },
  'POST /api/admin/staff/:id/role': { roles: ADMIN, of: 'city', fields: ['code'] },
  'POST /api/admin/staff/:id/disable': { roles: ADMIN, of: 'city', fields: ['code'] },
  'POST /api/admin/staff/:id/enable': { roles: ADMIN, of: 'city', fields: ['code'] },
  'POST /api/admin/staff/:id/instructor': { roles: ADMIN, of: 'city', fields: ['code'] },
  'POST /api/admin/staff/:id/second-way': {
    roles: ADMIN,
    of: 'city',
    fields: ['staffNumber', 'sheetCodes', 'secret', 'uri', 'code'],
  },
  'POST /api/admin/staff/:id/second-way/confirm': { roles: ADMIN, of: 'city', fields: ['code'] },
  'POST /api/admin/staff/:id/second-way/remove': { roles: ADMIN, of: 'city', fields: ['code'] },
  'GET /api/admin/recovery': {
    roles: OFFICE,
    of: 'city',
    fields: [
      ...named('self colleagues staffId name role waiting recoveryId askedBy askedAt refusal'),
      ...named('adminCount code'),
    ],
  },
  'POST /api/admin/recovery': { roles: OFFICE, of: 'city', fields: ['code'] },
  'POST /api/admin/recovery/:id/approve': { roles: ADMIN, of: 'city', fields: ['path', 'expiresAt', 'code'] },
  'POST /api/admin/recovery/:id/withdraw': { roles: OFFICE, of: 'city', fields: ['code'] },
  'POST /api/sign-in/second-way': { roles: ROLES, of: 'own', fields: ['role', 'code', 'restS'] },
}
