import type { RecordKind } from '#sync/domain/device-record.ts'

// The names of everything the answers of access.ts may hold, at any depth. Who adds a field to an answer adds it here, and thereby
// says that whoever may ask may also know it.

/** Names in one line, with blanks between. */
export function named(names: string): readonly string[] {
  return names.split(' ')
}

/** What the records of the feed may hold. No kind has a phone number. */
export const RECORD_FIELDS: Readonly<Record<RecordKind, readonly string[]>> = {
  publicSession: [
    ...named('sessionId kind title venueName venueAddress heldOn startTime endTime startsAt endsAt'),
    ...named('enrollUntil note cancelled seats seatsLeft waiting'),
  ],
  session: [
    ...named('sessionId kind title venueId heldOn startTime endTime capacity teachers instructorId'),
    ...named('role enrollUntilOn note state source profile key remarks cancelReason'),
  ],
  venue: ['venueId', 'name', 'address', 'district'],
  instructor: ['instructorId', 'name', 'nameKana'],
  rosterEntry: ['learnerId', 'name', 'nameKana', 'receiptNumber', 'state'],
  mark: ['markId', 'sessionId', 'learnerId', 'markedAt', 'deviceId', 'undone'],
  booking: ['enrollmentId', 'sessionId', 'receiptNumber', 'state', 'position'],
}

export const SYNC_FIELDS: readonly string[] = [
  ...named('outcomes id status value state position receiptNumber reason refusal concern code'),
  ...named('enrollUntil missing opensInMin aheadMin'), // what refusals and concerns say besides their code
  ...named('changes bucket kind version body'),
  ...Object.values(RECORD_FIELDS).flat(),
  ...named('cursors public hall office session device place more holder role name paired'),
]

const INDICATOR = [
  ...named('indicator indicatorId kind name sort unit measure baseline targets year value'),
  ...named('actual count uniqueLearners thisYearCount'),
]

/** Figures; of names only that of whoever closed the year. */
export const KPI_FIELDS: readonly string[] = [
  ...named('code today lines'),
  ...INDICATOR,
  ...named('target basis ratio reviewCount'),
  ...named('pace state elapsedRatio expectedByNow forecast standing'),
  ...named('unreported factCount deviceCount'),
  ...named('closing closedAt closedBy lateCorrection addedCount goneCount'),
]

export const KPI_ROW_FIELDS: readonly string[] = [
  ...named('code today counted'),
  ...INDICATOR,
  ...named('insideBaselineCount'),
  ...named('rows of sessionId heldOn title venueName sessionCancelled firstMarkedAt deviceCount walkIn'),
  ...named('certifiedOn number itemId startedOn reviewRows why'),
  ...named('person learnerId nameKana closing closedAt closedBy late added gone'),
]

export const ENROLLMENT_FIELDS: readonly string[] = [
  ...named('code enrollmentId sessionId receiptNumber state position learnerId name nameKana phone'),
  ...named('channel requestedAt present stopped'),
]

export const TRAINEE_FIELDS: readonly string[] = [
  ...named('code today trainees learnerId name nameKana enrolledCount attendedCount'),
  ...named('certification certifiedOn number'),
]

/** Devices by the names of helpers and staff; of whoever takes part nothing but how many. */
export const DEVICE_LEDGER_FIELDS: readonly string[] = [
  ...named('devices deviceId holder name endedAt lastContactAt unsentCount gapCount program isOtherProgram'),
  ...named('lists sessionId title heldOn concerns code count sinceAt demo residents deviceCount'),
]

export const SESSION_PHONES_FIELDS: readonly string[] = [
  ...named('code state phones deviceId holder name lastContactAt unsentCount isIn'),
]

/** What became of each record of a file; whom they are about stays in it. */
export const OUTBOX_FILE_FIELDS: readonly string[] = named('madeAt rows row name at result code')

/** The audit: who did what, by names of staff and helpers; of participants ids alone. */
export const AUDIT_FIELDS = [
  ...named('rows seq at actorKind actorName action outcome objects kind id name path reason'),
  ...named('count deviceId more people who head hash check lineCount breakCount breaks until'),
  'code',
] as const
