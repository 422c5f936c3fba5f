import { localDateOf, plusDays } from '#kernel/time.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { makePeople } from './names.ts'
import { makeCertification, makeInstructor, makeItem, makeMark, makeSession } from './payloads.ts'
import type { RunningProduct } from './running-product.ts'
import { publishSession, setPlan, signUp } from './said-by-office.ts'

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
  await signUp(product, full, people.slice(0, 4))
  const closed = await publishSession(product, { title: '締め切った教室', enrollUntilOn: plusDays(today, -1) })
  const cancelled = await publishSession(product, { title: '中止の教室' })
  await signUp(product, cancelled, people.slice(4, 6))
  await office.push(office.op('session.cancel', { sessionId: cancelled, reason: '台風のため' }))
  const over = await publishSession(product, { title: '終わった教室', inDays: -1 })
  const training = await publishSession(product, { title: '講師養成講座 第1回', kind: 'instructorTraining', inDays: 0 })
  await signUp(product, training, people.slice(20, 24))
  const held = await publishSession(product, { title: '今日の教室', inDays: 0, capacity: 16, teacherCount: 4 })
  await signUp(product, held, people.slice(0, 18))
  await markSome(product, [held, training])
  const draft = makeSession({ title: '下書きの教室', capacity: null, teacherCount: 0 })
  await office.push(
    office.op('session.create', draft),
    office.op('instructor.save', makeInstructor()),
    office.op('plan.recordItem', makeItem()),
    office.op('attendance.mark', makeMark()), // of a session that nobody has registered yet
  )
  return { open, few, full, closed, cancelled, over, today: held, draft: draft.sessionId }
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
