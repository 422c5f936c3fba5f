import { instantAt, type LocalDate, type LocalTime, plusDays } from '#kernel/time.ts'
import { openDay, plan, type PlannedSession, type Wish } from './demo-calendar.ts'

/** What the town holds today: a help desk in the morning, a full class in the afternoon. */
export function planToday(today: LocalDate): readonly PlannedSession[] {
  const announced = announcedDaysBefore(today, 30)
  return [
    plan({ kind: 'helpDesk', heldOn: today, n: 0, capacity: 16, wantedCount: 5, ...announced }),
    plan({
      kind: 'class',
      heldOn: today,
      n: 1,
      capacity: 20,
      teacherCount: 4,
      wantedCount: 19, // 16 seats, one given back, two wait
      givenBackCount: 1,
      withRarePeople: true,
      ...announced,
    }),
  ]
}

/** What comes in the next six weeks, in every state a resident can meet, and two drafts. */
export function planUpcoming(today: LocalDate): readonly PlannedSession[] {
  const announced = announcedDaysBefore(today, 21)
  const taken = new Set<LocalDate>()
  const held = (days: number, wish: Omit<Wish, 'heldOn' | 'n'>): PlannedSession => {
    let heldOn = openDay(plusDays(today, days))
    while (taken.has(heldOn)) heldOn = openDay(plusDays(heldOn, 1))
    taken.add(heldOn)
    return plan({ heldOn, n: days, ...announced, ...wish })
  }
  return [
    held(2, { kind: 'class', wantedCount: 6, enrollUntilOn: plusDays(today, -1) }), // closed
    held(5, { kind: 'helpDesk', capacity: 16, wantedCount: 4 }),
    held(7, { kind: 'class', wantedCount: 10 }), // two of twelve seats left
    held(9, { kind: 'outreach', wantedCount: 7 }),
    held(12, { kind: 'class', teacherCount: 2, wantedCount: 11 }), // three wait
    held(14, {
      kind: 'class',
      wantedCount: 4,
      state: 'cancelled',
      cancelReason: '会場の空調工事のため、中止します。次の回をご案内しますので、お電話ください。',
    }),
    held(16, { kind: 'class', wantedCount: 3, hours: ['10:00', '11:30'] }),
    held(19, { kind: 'helpDesk', capacity: 16, wantedCount: 2 }),
    held(23, {
      kind: 'instructorTraining',
      capacity: 12,
      wantedCount: 4,
      program: FOLLOW_UP,
      hours: ['13:30', '15:30'],
    }),
    held(26, { kind: 'class', wantedCount: 1 }),
    held(30, { kind: 'helpDesk', capacity: 16, hours: ['13:00', '15:00'] }),
    held(34, { kind: 'class', teacherCount: 4, hours: ['10:00', '11:30'] }),
    held(40, { kind: 'class' }),
    held(45, { kind: 'class', state: 'draft' }),
    plan({
      kind: 'outreach',
      heldOn: null,
      n: 0,
      state: 'draft',
      venueless: true,
      teacherCount: 0,
      program: { title: '出前講座：浜通り老人クラブ（日程を相談中）', note: null },
      ...announced,
    }),
  ]
}

const FOLLOW_UP = {
  title: 'スマホ講師フォローアップ研修',
  note: '認定を受けた方と、これから受ける方の集まりです。養成講座の資料をお持ちください。',
}

function announcedDaysBefore(today: LocalDate, days: number): Pick<PlannedSession, 'announcedAt'> {
  return { announcedAt: instantAt(plusDays(today, -days), '09:00' as LocalTime) }
}
