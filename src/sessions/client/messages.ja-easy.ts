import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './messages.ja.ts'

export const jaEasy: SameKeys<typeof ja> = {
  home: {
    title: 'スマホ教室と よろず相談所',
    lead: '行きたい 日を えらんで ください。電話でも 申し込めます。',
    description: '市の スマホ教室と よろず相談所の 日です。ここか 電話で 申し込めます。',
    loading: '読んでいます。',
    empty: '今、申し込める 教室は ありません。',
  },
  session: {
    fetching: '読（よ）んでいます。インターネットにつながるまで待（ま）ってください。',
    day: '日（ひ）',
    time: '時間（じかん）',
    venue: '場所（ばしょ）',
    seats: '席（せき）',
    left: 'あと{{count}}人（にん）',
    waiting: '席（せき）はありません。{{count}}人（にん）が待（ま）っています',
    until: '申（もう）し込（こ）み',
    untilDay: '{{when}}まで',
    note: '持（も）ってくるもの・お知（し）らせ',
    why: {
      closed: '申（もう）し込（こ）みは終（お）わりました。電話（でんわ）（{{phone}}）で聞（き）いてください。',
      cancelled: 'この教室（きょうしつ）はなくなりました。ほかの日を見（み）てください。',
      over: 'この教室（きょうしつ）は終（お）わりました。ほかの日を見（み）てください。',
    },
  },
  state: {
    open: '申し込めます',
    few: 'あと 少しです',
    full: 'いっぱいです。待つ ことが できます',
    closed: '申し込みは 終わりました',
    cancelled: 'ありません（中止）',
    over: '終わりました',
  },
}
