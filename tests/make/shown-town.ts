import { localDateOf, plusDays, plusMinutes } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { type Invitation, invitationPath, makeInvitation } from '#login/server/invitations.ts'
import type { StaffId } from '#login/domain/identity.ts'
import { endPairing } from '#login/server/pairings.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { makePeople } from './names.ts'
import { makeHttpPhone, pairPhone, saveInstructor } from './pairing.ts'
import { makeCertification, makeInstructor, makeItem, makeMark, makeSession } from './payloads.ts'
import type { RunningProduct } from './running-product.ts'
import { mergePeople, publishSession, setPlan, signUp } from './said-by-office.ts'
import { newId } from './signed-in.ts'
import { closeYearBeforeLast } from './year-states.ts'
import { makeStaff } from './staff.ts'

/** A session in every state that a page can show. */
export interface ShownTown {
  readonly open: SessionId
  readonly few: SessionId
  readonly full: SessionId
  readonly closed: SessionId
  readonly cancelled: SessionId
  readonly over: SessionId
  readonly today: SessionId
  readonly draft: SessionId
  /** Somebody who helps today, with a phone that is connected and one that was lost. */
  readonly helper: InstructorId
  readonly lostPhone: Uuid
  /** Links for a colleague and for the first one. */
  readonly invitation: string
  readonly setUp: string
  /** Of the office: one who works there, one who may not come in any more. A third one waits to be let in anew. */
  readonly colleague: StaffId
  readonly keptOut: StaffId
}

/** Fills a city with little of everything: for tests that look at pages. */
export async function makeShownTown(product: RunningProduct): Promise<ShownTown> {
  const people = makePeople()
  const office = product.device('organizer')
  const today = localDateOf(product.kit.now())
  await setPlan(product)
  const open = await publishSession(product, {
    title: 'はじめてのスマートフォン教室（電源の入れ方から、写真のとり方まで）',
    note: '持ち物：スマートフォン、充電器、老眼鏡。\n駐車場は20台分あります。',
  })
  const few = await publishSession(product, { title: '残りわずかの教室', capacity: 3, kind: 'helpDesk' })
  const full = await publishSession(product, { title: '満員の教室', capacity: 2 })
  const [, second, third] = await signUp(product, full, people.slice(0, 4))
  const closed = await publishSession(product, { title: '締め切った教室', enrollUntilOn: plusDays(today, -1) })
  const cancelled = await publishSession(product, { title: '中止の教室' })
  await signUp(product, cancelled, people.slice(4, 6))
  await office.push(office.op('session.cancel', { sessionId: cancelled, reason: '台風のため' }))
  const over = await publishSession(product, { title: '終わった教室', inDays: -1 })
  const training = await publishSession(product, { title: '講師養成講座 第1回', kind: 'instructorTraining', inDays: 0 })
  await signUp(product, training, people.slice(20, 24))
  const helper = await saveInstructor(product.kit, { name: '福元 健', nameKana: 'ふくもと けん' })
  const teachers = makeSession({ teacherCount: 3 }).fields.teachers
  const held = await publishSession(product, {
    title: '今日の教室',
    inDays: 0,
    capacity: 16,
    teachers: [...teachers, { instructorId: helper, role: 'assistant' }],
  })
  await signUp(product, held, people.slice(0, 18))
  await markSome(product, [held, training])
  const lostPhone = await connectPhones(product, helper)
  const draft = makeSession({ title: '下書きの教室', capacity: null, teacherCount: 0 })
  await office.push(
    office.op('session.create', draft),
    office.op('instructor.save', makeInstructor()),
    office.op('plan.recordItem', makeItem()),
    office.op('attendance.mark', makeMark()), // of a session that nobody has registered yet
  )
  await mergePeople(product, [second, third])
  await closeYearBeforeLast(product)
  return {
    open,
    few,
    full,
    closed,
    cancelled,
    over,
    today: held,
    draft: draft.sessionId,
    helper,
    lostPhone,
    ...(await invite(product)),
    ...(await makeColleagues(product)),
  }
}

/** The first three of each list came; the first trainee is certified. */
async function markSome(product: RunningProduct, [held, training]: readonly [SessionId, SessionId]): Promise<void> {
  const desk = product.device('organizer')
  const records = await desk.pull()
  const listed = (sessionId: SessionId) =>
    records.flatMap((one) =>
      one.kind === 'rosterEntry' && one.bucket === `session:${sessionId}` && one.body ? [one.body.learnerId] : [],
    )
  for (const sessionId of [held, training]) {
    const marks = listed(sessionId)
      .slice(0, 3)
      .map((learnerId) => makeMark({ sessionId, learnerId }))
    await desk.push(...marks.map((mark) => desk.op('attendance.mark', mark)))
  }
  const [trainee] = listed(training)
  if (trainee === undefined) throw new Error('Nobody is in training')
  const certifiedOn = localDateOf(product.kit.now())
  await desk.push(desk.op('training.certify', makeCertification({ learnerId: trainee, certifiedOn, number: '第1号' })))
}

/** Two phones of one person: one in use, with something that waits and something that is missing, and one lost. Answers the pairing of
 *  the lost one. */
async function connectPhones(product: RunningProduct, helper: InstructorId): Promise<Uuid> {
  const { database, city } = product.kit
  const [lost, used] = [makeHttpPhone(product.fetch), makeHttpPhone(product.fetch)]
  for (const phone of [lost, used]) {
    await pairPhone(product, phone.device, helper)
    await phone.sync()
  }
  const oldestUnsentAt = plusMinutes(product.kit.now(), -2 * 60)
  await used.sync([], 3, { lastSeq: 5, oldestUnsentAt, program: 'app-Bk3dQ9xZ.js' })
  const [row] = await database.sql<{ id: Uuid }>`
    select pairing_id as id from pairings where city = ${city} and device_id = ${lost.device.id}`
  if (row === undefined) throw new Error('The phone was not paired')
  const demo = { kind: 'demo', id: null, role: 'admin' } as const
  const ending = { pairingId: row.id, reason: 'lost', by: null } as const
  await database.transaction((sql) => endPairing(sql, product.kit, ending, demo))
  return row.id
}

async function invite({
  kit: { database, city, now },
}: RunningProduct): Promise<Pick<ShownTown, 'invitation' | 'setUp'>> {
  const link = async (wanted: Pick<Invitation, 'purpose' | 'name'>): Promise<string> => {
    const { token } = await makeInvitation(database.sql, { city, now: now(), madeBy: null, role: 'admin', ...wanted })
    return invitationPath(token)
  }
  return {
    invitation: await link({ purpose: 'join', name: '長谷川 真由美' }),
    setUp: await link({ purpose: 'setUp', name: null }),
  }
}

async function makeColleagues(product: RunningProduct): Promise<Pick<ShownTown, 'colleague' | 'keptOut'>> {
  const { database, city, now } = product.kit
  const colleague = await makeStaff(product, 'organizer', { name: '大久保 あゆみ' })
  const keptOut = await makeStaff(product, 'viewer', { name: '小野寺 ひろし' })
  const lost = await makeStaff(product, 'viewer', { name: '宇佐美 しおり' })
  await database.sql`update staff set disabled_at = ${now()} where city = ${city} and staff_id = ${keptOut}`
  await database.sql`
    insert into recoveries (city, recovery_id, staff_id, asked_by, asked_at)
    values (${city}, ${newId()}, ${lost}, ${colleague}, ${now()})`
  return { colleague, keptOut }
}
