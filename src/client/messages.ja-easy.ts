import type { SameKeys } from './i18n.ts'
import type { ja } from './messages.ja.ts'

export const jaEasy: SameKeys<typeof ja> = {
  product: 'よろず',
  title: '{{page}}｜よろず',
  skip: '大切な ところへ 行く',
  home: '最初の ページに もどる',
  languages: 'ことば',
  menu: 'メニュー',
  help: 'こまった ときは、電話して ください',
  /** docs/rules.md#office-hours */
  hours: '月曜日から 金曜日の 午前8時30分から 午後5時15分まで（祝日と 年末年始は 休みです）',
  nav: { sessions: '教室を さがす', hall: '受付', office: '主催者の ページ', admin: '管理' },
  foot: { staff: '職員・先生の 人', account: '自分の 入り方・出る' },
  loading: '読んでいます。',
  chunk: {
    kind: '見て ください',
    heading: 'この ページを 出せません',
    text: 'つながる 所で、もう一度 ためして ください。書いた ことは、この 機械に あります。',
    retry: 'もう一度 ためす',
  },
  notFound: {
    title: 'この ページは ありません',
    lead: 'ページが 変わりました。または、終わった 教室です。',
    home: '教室を さがす',
  },
  update: {
    kind: 'お知らせ',
    heading: '新しい よろずが あります',
    text: 'すぐに 終わります。書いた ことは、この 機械に あります。',
    button: '新しく する',
    unsent: 'まだ 送って いない ものが あります。つながる 所で 送った あと、できます。',
    typing: '書いて いる 途中の ものが あります。書き終わって から、もう一度 押して ください。',
  },
}
