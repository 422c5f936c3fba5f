import type { PublicState } from '#sessions/domain/public-session.ts'

export const ja = {
  home: {
    title: 'スマホ教室とよろず相談所',
    lead: '行きたい日を選んでください。お電話でも申し込めます。',
    description: '市のスマートフォン教室とよろず相談所の日程です。申し込みは、このページかお電話でどうぞ。',
    loading: '読み込んでいます。',
    empty: '今、申し込める教室はありません。次の予定が決まると、ここに出ます。',
  },
  session: {
    fetching: '読み込んでいます。電波がないときは、つながるまでお待ちください。',
    day: '日',
    time: '時間',
    venue: '場所',
    seats: '席',
    left: 'あと{{count}}人分あります',
    waiting: '満員です。今{{count}}人が待っています',
    until: '申し込み',
    untilDay: '{{when}}まで',
    note: '持ち物・お知らせ',
    why: {
      closed: '申し込みの受付は終わりました。まだ間に合うことがあります。お電話（{{phone}}）でお聞きください。',
      cancelled: 'この回は中止になりました。ほかの日をご覧ください。',
      over: 'この回は終わりました。ほかの日をご覧ください。',
    },
  },
  state: {
    open: '受付中',
    few: '残りわずか',
    full: '満員・キャンセル待ち',
    closed: '受付を終わりました',
    cancelled: '中止',
    over: '終わりました',
  } satisfies Record<PublicState, string>,
} as const
